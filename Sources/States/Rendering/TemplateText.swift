import OrderedCollections
import Value

/// Looks into the text of a template without reading it.
struct TemplateText {
  private let bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }

  /// Whether Jinja would change anything: a tag, or line ends that it makes `\n`. Texts without need no engine.
  var isTemplate: Bool {
    var previous: UInt8 = 0
    for byte in bytes {
      if byte == UInt8(ascii: "\r") { return true }
      if previous == UInt8(ascii: "{"), [UInt8(ascii: "{"), UInt8(ascii: "%"), UInt8(ascii: "#")].contains(byte) {
        return true
      }
      previous = byte
    }
    return bytes.starts(with: "#jinja2:".utf8) || (bytes.starts(with: "#!".utf8) && contains("\n#jinja2:"))
  }

  /// Whether other templates take part, which may use any variable.
  var readsOthers: Bool { ["import", "include", "extends", "show_full_context"].contains(where: contains) }

  /// The grains that it may read.
  func grains(of grains: ValueMap) -> ValueMap {
    // One that is missing may be an error, whose words tell which are near.
    guard !readsOthers, case .grains(let names) = TemplateReads.of(bytes),
      names.allSatisfy({ grains[$0] != nil })
    else { return grains }
    return ValueMap(uniqueKeysWithValues: names.sorted().map { (.string($0), grains[$0] ?? .null) })
  }

  func contains(_ word: String) -> Bool {
    let word = Array(word.utf8)
    guard let first = word.first, bytes.count >= word.count else { return false }
    return bytes.withUnsafeBufferPointer { text in
      for start in 0...(text.count - word.count) where text[start] == first {
        var length = 1
        while length < word.count, text[start + length] == word[length] { length += 1 }
        if length == word.count { return true }
      }
      return false
    }
  }
}
