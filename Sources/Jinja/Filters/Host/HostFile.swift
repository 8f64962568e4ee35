import Glibc
import Value

/// A file of the host, for the few filters that read one.
struct HostFile {
  private let path: String

  init(_ path: String) { self.path = path }

  private var status: stat? {
    var status = stat()
    return !path.utf8.contains(0) && stat(path, &status) == 0 ? status : nil
  }

  var size: Int64? { status.map { Int64($0.st_size) } }
  var isRegular: Bool { status.map { $0.st_mode & S_IFMT == S_IFREG } ?? false }

  /// The first bytes; nil when it cannot be read, or is no regular file.
  func bytes(limit: Int) -> [UInt8]? {
    // A fifo or a device would never end.
    guard isRegular else { return nil }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while output.count < limit {
      let count = read(descriptor, &chunk, min(chunk.count, limit - output.count))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      guard count > 0 else { break }
      output += chunk[..<count]
    }
    return output
  }

  /// Why it cannot be read, as Python says it.
  var failure: String {
    let number = status == nil ? errno : isRegular ? EACCES : EISDIR
    return "[Errno \(number)] \(String(cString: strerror(number))): \(PythonText.quoted(path))"
  }

  /// Salt's guess: a nought, or more than a third of other bytes than text has.
  static func isBinary(_ bytes: [UInt8]) -> Bool {
    guard !bytes.isEmpty else { return false }
    if bytes.contains(0) { return true }
    if String(validating: bytes, as: UTF8.self) != nil { return false }
    let others = bytes.count { !(0x20...0x7e).contains($0) && ![0x08, 0x09, 0x0a, 0x0c, 0x0d].contains($0) }
    return Double(others) / Double(bytes.count) > 0.3
  }

  /// Where a program is, in `PATH` and the usual folders.
  static func program(_ name: String) -> String? {
    if name.contains("/"), isProgram(name) { return name }
    var folders = getenv("PATH").map { String(cString: $0).split(separator: ":").map(String.init) } ?? []
    for folder in ["/sbin", "/bin", "/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"]
    where !folders.contains(folder) { folders.append(folder) }
    return folders.map { joined([$0, name]) }.first(where: isProgram)
  }

  private static func isProgram(_ path: String) -> Bool { HostFile(path).isRegular && access(path, X_OK) == 0 }

  static func user(_ name: String) -> uid_t? {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 16 << 10)
    guard getpwnam_r(name, &entry, &buffer, buffer.count, &found) == 0, found != nil else { return nil }
    return entry.pw_uid
  }

  /// Everything below a folder; symbolic links are named, not followed.
  static func walk(_ folder: String, depth: Int, _ body: (String) throws -> Void) throws {
    guard depth < 100, !folder.utf8.contains(0), let stream = opendir(folder) else { return }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name == "." || name == ".." { continue }
      let path = joined([folder, name])
      try body(path)
      var status = stat()
      if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { try walk(path, depth: depth + 1, body) }
    }
  }

  /// Salt's `path.join`: later parts are below the earlier ones even when they begin with a slash.
  static func joined(_ parts: [String]) -> String {
    guard let first = parts.first.map(normalized) else { return "" }
    var path = first
    for part in parts.dropFirst().map(normalized) {
      let stripped = part.drop { $0 == "/" }
      if path.isEmpty || path.hasSuffix("/") { path += stripped } else { path += "/" + stripped }
    }
    return normalized(path)
  }

  /// Python's `posixpath.normpath`.
  static func normalized(_ path: String) -> String {
    guard !path.isEmpty else { return "." }
    let slashes = path.hasPrefix("//") && !path.hasPrefix("///") ? 2 : path.hasPrefix("/") ? 1 : 0
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part != ".." || (slashes == 0 && parts.isEmpty) || parts.last == ".." {
        parts.append(part)
      } else if !parts.isEmpty {
        parts.removeLast()
      }
    }
    let result = String(repeating: "/", count: slashes) + parts.joined(separator: "/")
    return result.isEmpty ? "." : result
  }
}
