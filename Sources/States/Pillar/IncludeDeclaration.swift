/// Whether a pillar SLS itself says that it includes others.
///
/// A template that prints a grain as it is lets the minion write YAML: `x\ninclude: ['*']` would hand it the pillar of
/// all the others. So the word counts only where it also stands in the file: as a key, quoted or not, of YAML, JSON or
/// a template's map.
enum IncludeDeclaration {
  private static let word = Array("include".utf8)

  static func stands(in bytes: [UInt8]) -> Bool {
    var start = 0
    while start + word.count < bytes.count {
      guard let hit = bytes[start...].firstIndex(of: word[0]), hit + word.count < bytes.count else { return false }
      start = hit + 1
      guard bytes[hit..<(hit + word.count)].elementsEqual(word) else { continue }
      let next = bytes[(hit + word.count)...].first { !isBetween($0) }
      // `dict(include=[…])` of a template is a key too.
      if next == UInt8(ascii: ":") || next == UInt8(ascii: "=") { return true }
    }
    return false
  }

  /// Quotes and spaces between the key and what ends it.
  private static func isBetween(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, UInt8(ascii: "'"), UInt8(ascii: "\""): true
    default: false
    }
  }
}
