import OrderedCollections

/// Writes values as JSON, laid out as Python's `json.dumps(…, ensure_ascii=False)` does, which is what Salt prints.
///
/// What JSON cannot say is written so that the text stays valid JSON:
/// - bytes are the string `base64:` and their base64, for a key of a map too;
/// - a key that is no string becomes its text as in Python: `1`, `1.5`, `true`, `null`; a list or a map its compact JSON;
/// - infinities and NaN are the strings `Infinity`, `-Infinity`, `NaN`.
///
/// DEL and the C1 controls are escaped as well, so that no text steers the terminal it is printed to.
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
      default: output.append(byte)
      }
      previous = byte
    }
    output.append(UInt8(ascii: "\""))
  }

  private mutating func append(escape byte: UInt8) {
    append("\\u00")
    for digit in [byte >> 4, byte & 15] {
      output.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }
}
