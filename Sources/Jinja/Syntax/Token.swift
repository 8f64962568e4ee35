/// One piece of a template's text.
struct Token: Sendable {
  enum Kind: Sendable {
    /// Text outside of tags.
    case data
    case blockBegin, blockEnd, variableBegin, variableEnd
    case name, string, integer, float
    case symbol
    case end
  }

  var kind: Kind
  /// The name, the symbol, the string without quotes and escapes, or the digits.
  var text: String
  /// Where it begins: bytes from the start of the text.
  var offset: Int

  func isSymbol(_ symbol: String) -> Bool { kind == .symbol && text == symbol }
  func isName(_ name: String) -> Bool { kind == .name && text == name }

  /// As messages name it.
  var description: String {
    switch kind {
    case .data: "template data / text"
    case .blockBegin: "begin of statement block"
    case .blockEnd: "end of statement block"
    case .variableBegin: "begin of print statement"
    case .variableEnd: "end of print statement"
    case .end: "end of template"
    case .string: "string"
    case .integer: "integer"
    case .float: "float"
    case .name, .symbol: text
    }
  }
}
