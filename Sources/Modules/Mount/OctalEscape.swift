/// `\040` for a blank and the like, as the kernel writes them in mountinfo and as fstab(5) wants them.
enum OctalEscape {
  static func decode(_ text: some StringProtocol) -> String {
    guard text.contains("\\") else { return String(text) }
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(3)
      if byte == UInt8(ascii: "\\"), digits.count == 3, digits.allSatisfy({ (48...55).contains($0) }) {
        bytes.append(UInt8(truncatingIfNeeded: digits.reduce(0) { $0 * 8 + Int($1) - 48 }))
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Blanks, line ends, backslashes, and a `#` in front, which would make a comment of the line.
  static func encode(_ text: String) -> String {
    var result = ""
    for (index, scalar) in text.unicodeScalars.enumerated() {
      switch scalar {
      case " ": result += "\\040"
      case "\t": result += "\\011"
      case "\n": result += "\\012"
      case "\r": result += "\\015"
      case "\\": result += "\\134"
      case "#" where index == 0: result += "\\043"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
