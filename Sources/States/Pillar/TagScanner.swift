/// Walks the identifiers within the tags of a template, without reading it: strings and comments are passed over.
struct TagScanner {
  private let text: [UInt8]
  private var index = 0
  private var isInTag = false
  /// Open braces within the tag: `{{ {'a': {}} }}`.
  private var depth = 0
  /// False when a string or a tag has no end: then the text is not what it was taken for.
  private(set) var isWhole = true

  init(_ text: [UInt8]) { self.text = text }

  private func byte(_ offset: Int = 0) -> UInt8 { index + offset < text.count ? text[index + offset] : 0 }

  /// The next identifier; nil at the end.
  mutating func next() -> String? {
    while index < text.count {
      guard isInTag else {
        enterTag()
        continue
      }
      let here = byte()
      switch here {
      case UInt8(ascii: "'"), UInt8(ascii: "\""): if string() == nil { return nil }
      case UInt8(ascii: "{"): open()
      case UInt8(ascii: "}") where depth > 0: close()
      case UInt8(ascii: "}") where byte(1) == UInt8(ascii: "}"), UInt8(ascii: "%") where byte(1) == UInt8(ascii: "}"):
        isInTag = false
        index += 2
      case _ where Self.isPart(here): return identifier()
      default: index += 1
      }
    }
    isWhole = isWhole && !isInTag
    return nil
  }

  private mutating func enterTag() {
    guard byte() == UInt8(ascii: "{") else {
      index += 1
      return
    }
    switch byte(1) {
    case UInt8(ascii: "{"), UInt8(ascii: "%"):
      isInTag = true
      depth = 0
      index += 2
    case UInt8(ascii: "#"):
      index += 2
      while index < text.count, !(byte() == UInt8(ascii: "#") && byte(1) == UInt8(ascii: "}")) { index += 1 }
      isWhole = isWhole && index < text.count
      index += 2
    default: index += 1
    }
  }

  private mutating func open() {
    depth += 1
    index += 1
  }

  private mutating func close() {
    depth -= 1
    index += 1
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")) || byte == UInt8(ascii: "_")
      || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")) || byte >= 0x80
  }

  private mutating func identifier() -> String {
    let start = index
    while index < text.count, Self.isPart(text[index]) { index += 1 }
    return String(decoding: text[start..<index], as: UTF8.self)
  }

  /// The text of a string, which begins here; nil when it has no end.
  private mutating func string() -> String? {
    let quote = byte()
    let start = index + 1
    index = start
    while index < text.count, text[index] != quote { index += text[index] == UInt8(ascii: "\\") ? 2 : 1 }
    guard index < text.count else {
      isWhole = false
      return nil
    }
    index += 1
    return String(decoding: text[start..<index - 1], as: UTF8.self)
  }

  private mutating func space() { while index < text.count, byte() <= 0x20 { index += 1 } }

  private mutating func take(_ expected: Character) -> Bool {
    space()
    guard let ascii = expected.asciiValue, byte() == ascii else { return false }
    index += 1
    return true
  }

  /// The key of `.key`, `['key']` or `.get('key'…`, which follows what was read last; nil for anything else.
  mutating func member(butNot methods: Set<String>) -> String? {
    if take(".") {
      space()
      guard Self.isPart(byte()) else { return nil }
      let name = identifier()
      guard name == "get" else { return methods.contains(name) ? nil : name }
      guard take("(") else { return nil }
      return literal(before: [",", ")"])
    }
    return take("[") ? literal(before: ["]"]) : nil
  }

  /// A plain string before one of these characters, which stays to be read.
  private mutating func literal(before ends: [Character]) -> String? {
    space()
    guard byte() == UInt8(ascii: "'") || byte() == UInt8(ascii: "\""), let text = string(), !text.utf8.contains(0x5C)
    else { return nil }
    space()
    return ends.contains { $0.asciiValue == byte() } ? text : nil
  }
}
