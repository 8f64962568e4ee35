import Glibc

extension HostFiles {
  /// The whole file.
  ///
  /// - Throws: `HostError`; `tooLarge` when it has more than `limit` bytes (default 16 MiB).
  public func read(_ path: String, limit: Int = 16 << 20) throws(HostError) -> [UInt8] {
    let descriptor = open(resolve(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw HostError(errno: errno, "read", path) }
    defer { close(descriptor) }
    return try Self.drain(descriptor, limit: limit, path: path)
  }

  /// The whole file as text; bytes that are not UTF-8 are replaced.
  public func readText(_ path: String, limit: Int = 16 << 20) throws(HostError) -> String {
    String(decoding: try read(path, limit: limit), as: UTF8.self)
  }

  /// The lines of a file that may be missing: empty then.
  public func linesIfPresent(_ path: String) -> [String] { (try? readText(path))?.splitLines() ?? [] }

  /// The first line of a file, trimmed; nil when it cannot be read or is empty.
  public func firstLine(_ path: String) -> String? {
    guard let line = linesIfPresent(path).first?.trimmed(), !line.isEmpty else { return nil }
    return line
  }

  static func drain(_ descriptor: Int32, limit: Int, path: String) throws(HostError) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw HostError(errno: errno, "read", path) }
      guard count > 0 else { return bytes }
      bytes.append(contentsOf: chunk[..<count])
      guard bytes.count <= limit else {
        throw HostError(.tooLarge, "cannot read \(path): it has more than \(limit) bytes")
      }
    }
  }
}
