/// Salt lets a nodegroup be just host names (`web1 web2` or `web1,web2`) or just a regular expression (`web[0-9]+`):
/// words without an operator, a `*` or an `X@` are one list, or one regular expression when a bracket, brace,
/// backslash, parenthesis or question mark is among them.
enum NodegroupShorthand {
  /// The words as they are, or the one word that they are short for.
  static func expand(_ words: [CompoundWord], at position: SourcePosition) -> [CompoundWord] {
    guard let first = words.first else { return [CompoundWord(.nobody, "", at: position)] }
    guard words.allSatisfy({ $0.role == .term }) else { return words }
    let isExplicit = words.contains { $0.text.utf8.contains(UInt8(ascii: "*")) || hasPrefix($0.text) }
    guard !isExplicit else { return words }
    let isRegex = words.contains { $0.text.utf8.contains(where: "([{\\?}])".utf8.contains) }
    let joined = words.map(\.text).joined(separator: ",")
    return [CompoundWord(.term, (isRegex ? "E@" : "L@") + joined, at: first.position)]
  }

  private static func hasPrefix(_ text: String) -> Bool {
    var bytes = text.utf8.makeIterator()
    guard let letter = bytes.next(), (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letter) else { return false }
    return bytes.next() == UInt8(ascii: "@")
  }
}
