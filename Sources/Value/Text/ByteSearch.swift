import Glibc

/// Finds texts in texts by their bytes, which is by code points as Python does it (Swift's own search goes by characters, in
/// which "e" followed by an accent is not an "e").
public enum ByteSearch {
  /// The offset in bytes of the first occurrence at or after `start`. An empty part is found at once.
  public static func firstIndex(of part: [UInt8], in text: [UInt8], from start: Int = 0) -> Int? {
    text.withUnsafeBytes { text in part.withUnsafeBytes { index(of: $0, in: text, from: start) } }
  }

  /// The offset in bytes of the last occurrence that ends at or before `end`.
  public static func lastIndex(of part: [UInt8], in text: [UInt8], before end: Int) -> Int? {
    guard part.count <= end else { return nil }
    var position = end - part.count
    while position >= 0 {
      if text[position..<position + part.count].elementsEqual(part) { return position }
      position -= 1
    }
    return nil
  }

  static func index(of part: UnsafeRawBufferPointer, in text: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard let first = part.first, let needle = part.baseAddress else { return start <= text.count ? start : nil }
    guard let base = text.baseAddress else { return nil }
    var position = start
    while position + part.count <= text.count {
      let rest = text.count - part.count - position + 1
      guard let hit = memchr(base + position, Int32(first), rest) else { return nil }
      if memcmp(hit, needle, part.count) == 0 { return base.distance(to: UnsafeRawPointer(hit)) }
      position = base.distance(to: UnsafeRawPointer(hit)) + 1
    }
    return nil
  }
}
