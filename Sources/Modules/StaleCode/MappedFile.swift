/// A file that a process has mapped to run code from: one line of `/proc/PID/maps`.
struct MappedFile: Sendable, Hashable {
  var path: String
  /// The kernel says that no name leads to this file any more.
  var isDeleted: Bool
  /// Major and minor number of the file system's device, as `maps` tells them.
  var major: UInt64
  var minor: UInt64
  var inode: UInt64

  /// The files that a process may run code from, each once; what is no file (stack, JIT, shared memory) left out.
  ///
  /// The paths are what the process chose to make the kernel print: they are compared and shown, never opened to run.
  static func all(inMaps bytes: [UInt8]) -> [MappedFile] {
    var found: Set<MappedFile> = []
    var files: [MappedFile] = []
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      guard let file = MappedFile(line), found.insert(file).inserted else { continue }
      files.append(file)
    }
    return files
  }

  /// `7f1c-7f2d r-xp 00001000 08:01 1234   /usr/lib/libssl.so.3 (deleted)`; nil for everything else.
  private init?(_ line: ArraySlice<UInt8>) {
    let fields = line.split(separator: UInt8(ascii: " "), maxSplits: 5)
    guard fields.count == 6, fields[1].count >= 3, fields[1][fields[1].startIndex + 2] == UInt8(ascii: "x") else {
      return nil
    }
    let device = fields[3].split(separator: UInt8(ascii: ":"))
    guard device.count == 2, let major = Self.number(device[0], radix: 16),
      let minor = Self.number(device[1], radix: 16),
      let inode = Self.number(fields[4], radix: 10), inode != 0
    else { return nil }
    var path = String(decoding: fields[5].drop { $0 == UInt8(ascii: " ") }, as: UTF8.self)
    let mark = " (deleted)"
    isDeleted = path.hasSuffix(mark)
    if isDeleted { path.removeLast(mark.count) }
    guard path.hasPrefix("/"), !Self.isPassing(path) else { return nil }
    (self.path, self.major, self.minor, self.inode) = (path, major, minor, inode)
  }

  private static func number(_ digits: ArraySlice<UInt8>, radix: Int) -> UInt64? {
    UInt64(String(decoding: digits, as: UTF8.self), radix: radix)
  }

  /// Places where files are made to be deleted while they are used.
  private static func isPassing(_ path: String) -> Bool {
    ["/dev/", "/SYSV", "/memfd:", "/tmp/", "/var/tmp/", "/run/", "/anon_hugepage", "/[aio]", "/drm", "/i915"]
      .contains { path.hasPrefix($0) }
  }
}
