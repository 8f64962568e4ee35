/// A template that has been read: it holds no values, so it can be kept and used by any render.
public final class Template: Sendable {
  public let file: String
  let body: [Statement]
  let references: [NameReference]
  let locals: [[Statement.Local]]
  let blocks: [String: BlockDefinition]
  let slotCount: Int
  /// The text with `\n` as its line ends, for errors.
  private let bytes: [UInt8]
  /// The line that was taken off the top (`#jinja2:`).
  private let removedLine: Int?
  /// Whether the text ended with a line end: Salt gives it back.
  let endsWithNewline: Bool

  init(_ source: String, file: String, environment: TemplateEnvironment) throws {
    self.file = file
    let header = environment.options.reading(header: source)
    let bytes = Lexer.normalized(header.source, keepTrailingNewline: header.options.keepTrailingNewline)
    self.bytes = bytes
    removedLine = header.removedLine
    endsWithNewline = source.utf8.last == 0x0a
    do {
      var lexer = Lexer(bytes, header.options)
      let parser = Parser(try lexer.run(), bytes, environment)
      body = try parser.parseTemplate()
      references = parser.references.map { NameReference(name: $0.name, places: $0.scope.places(of: $0.name)) }
      locals = parser.locals.map { $0.locals() }
      blocks = parser.blocks
      slotCount = parser.scope.function.slotCount
    } catch let failure as PlacedFailure {
      throw TemplateError(
        failure.failure, file: file, place: Self.place(in: bytes, at: failure.offset, removedLine: header.removedLine))
    }
  }

  /// Line and column from 1, and the line.
  func place(at offset: Int) -> (line: Int, column: Int, text: String) {
    Self.place(in: bytes, at: offset, removedLine: removedLine)
  }

  private static func place(
    in bytes: [UInt8], at offset: Int, removedLine: Int?
  ) -> (line: Int, column: Int, text: String) {
    let offset = min(max(offset, 0), bytes.count)
    let start = bytes[..<offset].lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
    let end = bytes[offset...].firstIndex(of: 0x0a) ?? bytes.count
    var line = bytes[..<offset].count { $0 == 0x0a } + 1
    if let removedLine, line >= removedLine { line += 1 }
    let column = bytes[start..<offset].count { $0 & 0xc0 != 0x80 } + 1
    var text = String.UnicodeScalarView()
    // Errors are printed on terminals: what would steer one becomes U+FFFD.
    for scalar in String(decoding: bytes[start..<end], as: UTF8.self).unicodeScalars.prefix(200) {
      let isControl = scalar.value < 0x20 && scalar != "\t" || 0x7f...0x9f ~= scalar.value
      text.append(isControl ? "\u{fffd}" : scalar)
    }
    return (line, column, String(text))
  }
}
