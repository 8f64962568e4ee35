/// How a change of a file's content is shown in `changes`.
enum ContentDifference {
  static let hidden = "<show_changes=False>"
  /// Bytes of each content for which a diff is made.
  static let limit = 8 << 20

  /// Empty when both are the same; Salt's words when one is binary; else a unified diff.
  static func text(_ old: [UInt8], _ new: [UInt8], breaks: TextLines.Breaks = .newlines) -> String {
    guard old != new else { return "" }
    if let words = binary(old, new) { return words }
    guard max(old.count, new.count) <= limit else { return UnifiedDiff.tooLarge }
    return UnifiedDiff.text(old, new, breaks: breaks)
  }

  /// What Salt says of a change in which one content is binary; nil when both are text.
  static func binary(_ old: some Collection<UInt8>, _ new: some Collection<UInt8>) -> String? {
    switch (isBinary(old), isBinary(new)) {
    case (true, true): "Replace binary file"
    case (true, false): "Replace binary file with text file"
    case (false, true): "Replace text file with binary file"
    case (false, false): nil
    }
  }

  /// Salt's guess from the first 512 bytes: a NUL, or more than three in ten that are no text.
  static func isBinary(_ content: some Collection<UInt8>) -> Bool {
    let bytes = Array(content.prefix(512))
    guard !bytes.isEmpty else { return false }
    if bytes.contains(0) { return true }
    let isUnicode = isUTF8(bytes)
    let strange = bytes.filter { byte in
      switch byte {
      case 0x20...0x7E, 0x08, 0x09, 0x0A, 0x0C, 0x0D: false
      case 0x80...0xFE: !isUnicode
      default: true
      }
    }
    return strange.count * 10 > bytes.count * 3
  }

  /// Valid, apart from a letter that is cut off at the end.
  private static func isUTF8(_ bytes: [UInt8]) -> Bool {
    if String(validating: bytes, as: UTF8.self) != nil { return true }
    for cut in 1...3 where bytes.count > cut {
      let rest = bytes.suffix(cut)
      guard let first = rest.first, first >= 0xC2, first < 0xF5, rest.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 })
      else { continue }
      let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
      if cut < length, String(validating: bytes.dropLast(cut), as: UTF8.self) != nil { return true }
    }
    return false
  }
}
