import OrderedCollections

/// Writes values as JSON, laid out as Python's `json.dumps(…, ensure_ascii=False)` does, which is what Salt prints.
///
/// What JSON cannot say is written so that the text stays valid JSON:
/// - bytes are the string `base64:` and their base64, for a key of a map too;
/// - a key that is no string becomes its text as in Python: `1`, `1.5`, `true`, `null`; a list or a map its compact JSON;
/// - infinities and NaN are the strings `Infinity`, `-Infinity`, `NaN`.
///
/// DEL, the C1 controls, separators of lines and marks of direction are escaped as well, so that no text steers the
/// terminal that it is printed to or is shown as another one.
public struct JSONWriter {
  private var output: [UInt8] = []
  /// Spaces a level; nil for everything on one line.
  private let indent: Int?

  private init(indent: Int?) { self.indent = indent }

  /// One line without spaces.
  public static func compact(_ value: Value) -> String { write(value, indent: nil) }

  /// One element a line, keys in their order.
  public static func pretty(_ value: Value, indent: Int = 4) -> String { write(value, indent: indent) }

  /// A string with its quotes and escapes.
  public static func quoted(_ string: String) -> String { write(.string(string), indent: nil) }

  private static func write(_ value: Value, indent: Int?) -> String {
    var writer = JSONWriter(indent: indent)
    writer.append(value, level: 0)
    return String(decoding: writer.output, as: UTF8.self)
  }

  private mutating func append(_ value: Value, level: Int) {
    switch value {
    case .null: append("null")
    case .bool(let flag): append(flag ? "true" : "false")
    case .int(let number): append(String(number))
    case .double(let number): append(Self.number(number))
    case .string(let string): append(quoting: string)
    case .bytes(let bytes): append(quoting: Self.text(of: bytes))
    case .list(let list): append(list, level: level)
    case .map(let map): append(map, level: level)
    }
  }

  private mutating func append(_ list: [Value], level: Int) {
    guard !list.isEmpty else { return append("[]") }
    output.append(UInt8(ascii: "["))
    for (index, element) in list.enumerated() {
      separate(index, level: level + 1)
      append(element, level: level + 1)
    }
    breakLine(level: level)
    output.append(UInt8(ascii: "]"))
  }

  private mutating func append(_ map: ValueMap, level: Int) {
    guard !map.isEmpty else { return append("{}") }
    output.append(UInt8(ascii: "{"))
    for (index, entry) in map.elements.enumerated() {
      separate(index, level: level + 1)
      append(quoting: Self.text(ofKey: entry.key))
      append(indent == nil ? ":" : ": ")
      append(entry.value, level: level + 1)
    }
    breakLine(level: level)
    output.append(UInt8(ascii: "}"))
  }

  private mutating func separate(_ index: Int, level: Int) {
    if index > 0 { output.append(UInt8(ascii: ",")) }
    breakLine(level: level)
  }

  private mutating func breakLine(level: Int) {
    guard let indent else { return }
    output.append(UInt8(ascii: "\n"))
    output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent * level))
  }

  private mutating func append(_ string: String) { output.append(contentsOf: string.utf8) }

  private mutating func append(quoting string: String) {
    output.append(UInt8(ascii: "\""))
    var previous: UInt8 = 0
    var beforePrevious: UInt8 = 0
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""): append("\\\"")
      case UInt8(ascii: "\\"): append("\\\\")
      case 0x08: append("\\b")
      case 0x09: append("\\t")
      case 0x0a: append("\\n")
      case 0x0c: append("\\f")
      case 0x0d: append("\\r")
      case 0..<0x20, 0x7f: append(escape: byte)
      case 0x80...0x9f where previous == 0xc2:
        output.removeLast()
        append(escape: byte)
      default:
        output.append(byte)
        if byte >= 0x80, let code = Self.mark(beforePrevious, previous, byte) {
          output.removeLast(code < 0x800 ? 2 : 3)
          append(escape: code)
        }
      }
      beforePrevious = previous
      previous = byte
    }
    output.append(UInt8(ascii: "\""))
  }

  private mutating func append(escape byte: UInt8) { append(escape: UInt16(byte)) }

  private mutating func append(escape code: UInt16) {
    append("\\u")
    for shift in [12, 8, 4, 0] {
      let digit = UInt8(truncatingIfNeeded: code >> UInt16(shift) & 15)
      output.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }

  /// The character that these bytes of UTF-8 end, where it separates lines or turns the direction of writing.
  private static func mark(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> UInt16? {
    switch (first, second, third) {
    case (_, 0xd8, 0x9c): 0x061c
    case (0xe2, 0x80, 0x8e...0x8f), (0xe2, 0x80, 0xa8...0xae): 0x2000 | UInt16(third & 0x3f)
    case (0xe2, 0x81, 0xa6...0xa9): 0x2040 | UInt16(third & 0x3f)
    case (0xef, 0xbb, 0xbf): 0xfeff
    default: nil
    }
  }
}
