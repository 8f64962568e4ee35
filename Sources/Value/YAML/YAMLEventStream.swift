import CYAML

/// libyaml's event parser: the one place with its pointers.
///
/// It owns the parser and the bytes that the parser reads, and lets events out only as values of ours.
final class YAMLEventStream {
  /// Why libyaml stopped: its words, where, and where what it was reading had begun.
  struct Failure: Error {
    let problem: String
    let context: String
    let mark: YAMLMark
    let contextMark: YAMLMark?
  }

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>

  /// Nil when there is no memory for the parser.
  init?(_ bytes: [UInt8]) {
    parser = .allocate(capacity: 1)
    input = .allocate(capacity: max(bytes.count, 1))
    _ = input.initialize(from: bytes)
    guard yaml_parser_initialize(parser) == 1 else {
      parser.deallocate()
      input.deallocate()
      return nil
    }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    input.deallocate()
  }

  func next() throws(Failure) -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
    defer { yaml_event_delete(&event) }
    return YAMLEvent(kind: Self.kind(of: event), mark: Self.mark(event.start_mark))
  }

  private static func kind(of event: yaml_event_t) -> YAMLEvent.Kind {
    switch event.type {
    case YAML_STREAM_START_EVENT: return .streamStart
    case YAML_DOCUMENT_START_EVENT: return .documentStart
    case YAML_DOCUMENT_END_EVENT: return .documentEnd
    case YAML_ALIAS_EVENT: return .alias(name: text(event.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let value = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      return .scalar(
        text: String(decoding: value, as: UTF8.self), tag: tag(scalar.tag), isPlain: scalar.plain_implicit != 0,
        anchor: text(scalar.anchor))
    case YAML_SEQUENCE_START_EVENT:
      return .sequenceStart(tag: tag(event.data.sequence_start.tag), anchor: text(event.data.sequence_start.anchor))
    case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      return .mappingStart(tag: tag(event.data.mapping_start.tag), anchor: text(event.data.mapping_start.anchor))
    case YAML_MAPPING_END_EVENT: return .mappingEnd
    // YAML_STREAM_END_EVENT, and the empty event that libyaml gives after it.
    default: return .streamEnd
    }
  }

  private func failure() -> Failure {
    let state = parser.pointee
    let problem = state.problem.map { String(cString: $0) } ?? "the text cannot be read"
    var mark = Self.mark(state.problem_mark)
    if state.error == YAML_READER_ERROR {
      // The reader knows only how many bytes it had read.
      let read = input.prefix(Int(clamping: state.problem_offset))
      let lineStart = read.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
      mark = YAMLMark(
        line: read.count { $0 == 0x0a } + 1, column: read[lineStart...].count { $0 & 0xc0 != 0x80 } + 1)
    }
    return Failure(
      problem: problem, context: state.context.map { String(cString: $0) } ?? "", mark: mark,
      contextMark: state.context == nil ? nil : Self.mark(state.context_mark))
  }

  private static func mark(_ mark: yaml_mark_t) -> YAMLMark {
    YAMLMark(line: Int(clamping: mark.line) + 1, column: Int(clamping: mark.column) + 1)
  }

  /// The tag, unless it is the bare `!`, which says nothing.
  private static func tag(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    text(pointer).flatMap { $0 == "!" ? nil : $0 }
  }

  private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    pointer.map { String(cString: $0) }
  }
}
