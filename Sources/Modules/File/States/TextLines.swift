/// Lines as Python cuts them. They are bytes: two texts that Unicode takes for the same are still two contents of a file.
enum TextLines {
  typealias Line = ArraySlice<UInt8>

  /// Where a line may end.
  enum Breaks: Sendable {
    /// `\n`, as when a file is read by lines.
    case newlines
    /// `\n`, `\r` and `\r\n`, as `bytes.splitlines`.
    case bytes
    /// Those and what else Unicode has for it, as `str.splitlines`.
    case text
  }

  static func split(_ bytes: [UInt8], at breaks: Breaks, keepsEnds: Bool = true) -> [Line] {
    var lines: [Line] = []
    var start = 0
    var index = 0
    while index < bytes.count {
      let length = breakLength(bytes, index, breaks)
      guard length > 0 else {
        index += 1
        continue
      }
      lines.append(bytes[start..<(keepsEnds ? index + length : index)])
      index += length
      start = index
    }
    if start < bytes.count { lines.append(bytes[start...]) }
    return lines
  }

  static func split(_ text: String, at breaks: Breaks, keepsEnds: Bool = true) -> [String] {
    split(Array(text.utf8), at: breaks, keepsEnds: keepsEnds).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The text of bytes: UTF-8, or else Latin-1, in which every byte is a letter.
  static func decoded(_ bytes: some Collection<UInt8>) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var text = ""
    for byte in bytes { text.unicodeScalars.append(Unicode.Scalar(byte)) }
    return text
  }

  private static func breakLength(_ bytes: [UInt8], _ index: Int, _ breaks: Breaks) -> Int {
    func byte(_ offset: Int) -> UInt8? { index + offset < bytes.count ? bytes[index + offset] : nil }
    switch bytes[index] {
    case 0x0A: return 1
    case 0x0D where breaks != .newlines: return byte(1) == 0x0A ? 2 : 1
    case 0x0B, 0x0C, 0x1C, 0x1D, 0x1E: return breaks == .text ? 1 : 0
    case 0xC2 where breaks == .text: return byte(1) == 0x85 ? 2 : 0
    case 0xE2 where breaks == .text: return byte(1) == 0x80 && (byte(2) == 0xA8 || byte(2) == 0xA9) ? 3 : 0
    default: return 0
    }
  }
}
