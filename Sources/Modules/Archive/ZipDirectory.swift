import Functions
import HostSystem

/// Reads the directory at the end of a zip file (APPNOTE.TXT of PKWARE, 4.3.12 and 4.3.14 to 4.3.16).
struct ZipDirectory: Sendable {
  struct Entry: Sendable, Hashable {
    var path: String
    /// Mode bits of Unix; 0 where the archive was made elsewhere.
    var mode: UInt32
    var isEncrypted: Bool
    var size: UInt64

    var isLink: Bool { mode & 0o170000 == 0o120000 }
    var isDirectory: Bool { mode & 0o170000 == 0o040000 || path.hasSuffix("/") }
    var isSpecial: Bool { [0o020000, 0o060000, 0o010000, 0o140000].contains(mode & 0o170000) }
  }

  private static let mostEntries = 1_000_000
  private static let mostBytes = 256 << 20

  let entries: [Entry]

  /// - Throws: `StateRefusal` where it is no zip file, or a damaged one.
  init(_ path: String, _ files: HostFiles) throws {
    let refusal = StateRefusal("\(path) is not a ZIP file")
    guard let status = files.status(path), status.kind == .file else { throw refusal }
    let size = Int(status.size)
    // The end record may be followed by a comment of at most 65,535 bytes.
    let tail = try files.read(path, offset: max(0, size - 65557), count: min(size, 65557))
    guard let end = Self.endRecord(in: tail) else { throw refusal }
    var (count, length, start) = (Int(end.u16(10)), Int(end.u32(12)), Int(end.u32(16)))
    let place = size - tail.count + (tail.count - end.bytes.count)
    if start == 0xFFFF_FFFF || count == 0xFFFF || length == 0xFFFF_FFFF, place >= 20 {
      let locator = ZipBytes(try files.read(path, offset: place - 20, count: 20))
      if locator.u32(0) == 0x0706_4B50, let record = Int(exactly: locator.u64(8)), record >= 0, record < size {
        let wide = ZipBytes(try files.read(path, offset: record, count: 56))
        guard wide.bytes.count == 56, wide.u32(0) == 0x0606_4B50, let wideCount = Int(exactly: wide.u64(32)),
          let wideLength = Int(exactly: wide.u64(40)), let wideStart = Int(exactly: wide.u64(48))
        else { throw refusal }
        (count, length, start) = (wideCount, wideLength, wideStart)
      }
    }
    guard start >= 0, length >= 0, start <= size, length <= size - start else { throw refusal }
    guard count <= Self.mostEntries, length <= Self.mostBytes else {
      throw StateRefusal("\(path) has more entries than are read")
    }
    let bytes = ZipBytes(try files.read(path, offset: start, count: length))
    entries = try Self.entries(bytes, count: count, refusal)
  }

  private static func endRecord(in tail: [UInt8]) -> ZipBytes? {
    guard tail.count >= 22 else { return nil }
    for offset in stride(from: tail.count - 22, through: 0, by: -1)
    where tail[offset] == 0x50 && tail[offset + 1] == 0x4B && tail[offset + 2] == 5 && tail[offset + 3] == 6 {
      let record = ZipBytes(Array(tail[offset...]))
      // A second end, in the comment of the first: the program that extracts may go by the other one, and so extract what
      // nobody has looked at.
      guard Int(record.u16(20)) == record.bytes.count - 22 else { return nil }
      return record
    }
    return nil
  }

  private static func entries(_ bytes: ZipBytes, count: Int, _ refusal: StateRefusal) throws -> [Entry] {
    var entries: [Entry] = []
    var offset = 0
    for _ in 0..<count {
      guard offset + 46 <= bytes.bytes.count, bytes.u32(offset) == 0x0201_4B50 else { throw refusal }
      let (name, extra, comment) = (
        Int(bytes.u16(offset + 28)), Int(bytes.u16(offset + 30)), Int(bytes.u16(offset + 32))
      )
      guard offset + 46 + name + extra + comment <= bytes.bytes.count else { throw refusal }
      let path = String(decoding: bytes.bytes[(offset + 46)..<(offset + 46 + name)], as: UTF8.self)
      let isUnix = bytes.u16(offset + 4) >> 8 == 3
      entries.append(
        Entry(
          path: path, mode: isUnix ? bytes.u32(offset + 38) >> 16 : 0, isEncrypted: bytes.u16(offset + 8) & 1 == 1,
          size: UInt64(bytes.u32(offset + 24))))
      offset += 46 + name + extra + comment
    }
    return entries
  }
}
