/// Finds texts in texts by code points, as Python does (Swift's own search goes by characters, in which "e" followed by an
/// accent is not an "e").
enum TextSearch {
  static func contains(_ text: String, _ part: String) -> Bool {
    var text = text
    var part = part
    return text.withUTF8 { text in part.withUTF8 { part in index(of: part, in: text, from: 0) != nil } }
  }

  /// The offset in bytes of the first occurrence.
  static func firstIndex(of part: [UInt8], in text: [UInt8], from start: Int) -> Int? {
    text.withUnsafeBufferPointer { text in part.withUnsafeBufferPointer { index(of: $0, in: text, from: start) } }
  }

  static func lastIndex(of part: [UInt8], in text: [UInt8], before end: Int) -> Int? {
    guard part.count <= end else { return nil }
    var position = end - part.count
    while position >= 0 {
      if text[position..<position + part.count].elementsEqual(part) { return position }
      position -= 1
    }
    return nil
  }

  private static func index(
    of part: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> Int? {
    guard let first = part.first else { return start <= text.count ? start : nil }
    guard part.count <= text.count else { return nil }
    var position = start
    let last = text.count - part.count
    while position <= last {
      if text[position] == first {
        var length = 1
        while length < part.count, text[position + length] == part[length] { length += 1 }
        if length == part.count { return position }
      }
      position += 1
    }
    return nil
  }
}
