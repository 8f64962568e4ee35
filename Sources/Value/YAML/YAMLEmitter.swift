import CYAML

/// Writes YAML through libyaml, with the layout and line width that PyYAML has with it: what Salt's `yaml` filter and
/// `yaml.safe_dump` give, to the letter.
public final class YAMLEmitter {
  /// A part of a document.
  public indirect enum Node: Sendable {
    /// - isPlain: whether the text, written without quotes, is read back as what it is.
    /// - isQuoted: whether the text, written in quotes, is read back as what it is (strings are).
    case scalar(String, isPlain: Bool, isQuoted: Bool, tag: String?)
    case sequence([Node], anchor: String?)
    case mapping([(key: Node, value: Node)], anchor: String?, tag: String? = nil)
    case alias(String)
  }

  /// Which collections stand in brackets, as `{a: [1]}`.
  public enum Layout: Sendable, Hashable {
    case block
    case flow
    /// Those that hold nothing but scalars.
    case leavesInFlow
  }

  private let emitter: UnsafeMutablePointer<yaml_emitter_t>
  private var output: [UInt8] = []
  private let layout: Layout

  /// The document as text; nil when there is no memory for it.
  ///
  /// - Parameters:
  ///   - width: columns after which lines are broken.
  ///   - indent: spaces a level of a block.
  ///   - allowsUnicode: letters beyond ASCII are not escaped.
  public static func text(
    _ node: Node, layout: Layout, width: Int = 80, indent: Int = 2, allowsUnicode: Bool = true
  ) -> String? {
    guard let writer = YAMLEmitter(layout: layout, width: width) else { return nil }
    yaml_emitter_set_indent(writer.emitter, Int32(clamping: indent))
    yaml_emitter_set_unicode(writer.emitter, allowsUnicode ? 1 : 0)
    guard writer.emitDocument(node) else { return nil }
    return String(decoding: writer.output, as: UTF8.self)
  }

  private init?(layout: Layout, width: Int) {
    emitter = .allocate(capacity: 1)
    self.layout = layout
    guard yaml_emitter_initialize(emitter) == 1 else {
      emitter.deallocate()
      return nil
    }
    yaml_emitter_set_output(
      emitter,
      { context, bytes, count in
        guard let context else { return 0 }
        let writer = Unmanaged<YAMLEmitter>.fromOpaque(context).takeUnretainedValue()
        writer.output.append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
        return 1
      }, Unmanaged.passUnretained(self).toOpaque())
    yaml_emitter_set_width(emitter, Int32(clamping: width))
  }

  deinit {
    yaml_emitter_delete(emitter)
    emitter.deallocate()
  }

  private func emitDocument(_ node: Node) -> Bool {
    var event = yaml_event_t()
    guard yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING) == 1, emit(&event),
      yaml_document_start_event_initialize(&event, nil, nil, nil, 1) == 1, emit(&event), emit(node),
      yaml_document_end_event_initialize(&event, 1) == 1, emit(&event),
      yaml_stream_end_event_initialize(&event) == 1, emit(&event)
    else { return false }
    return yaml_emitter_flush(emitter) == 1
  }

  private func emit(_ event: inout yaml_event_t) -> Bool { yaml_emitter_emit(emitter, &event) == 1 }

  private func emit(_ node: Node) -> Bool {
    var event = yaml_event_t()
    switch node {
    case .scalar(let text, let isPlain, let isQuoted, let tag):
      return emit(scalar: text, isPlain: isPlain, isQuoted: isQuoted, tag: tag)
    case .alias(let name):
      return Self.withBytes(name) { yaml_alias_event_initialize(&event, $0) } == 1 && emit(&event)
    case .sequence(let elements, let anchor):
      let style = isFlow(elements) ? YAML_FLOW_SEQUENCE_STYLE : YAML_BLOCK_SEQUENCE_STYLE
      let start = Self.withBytes(anchor) { yaml_sequence_start_event_initialize(&event, $0, nil, 1, style) }
      guard start == 1, emit(&event), elements.allSatisfy(emit) else { return false }
      return yaml_sequence_end_event_initialize(&event) == 1 && emit(&event)
    case .mapping(let entries, let anchor, let tag):
      let style = isFlow(entries.flatMap { [$0.key, $0.value] }) ? YAML_FLOW_MAPPING_STYLE : YAML_BLOCK_MAPPING_STYLE
      let start = Self.withBytes(anchor) { anchor in
        Self.withBytes(tag) { tag in
          yaml_mapping_start_event_initialize(&event, anchor, tag, tag == nil ? 1 : 0, style)
        }
      }
      guard start == 1, emit(&event), entries.allSatisfy({ emit($0.key) && emit($0.value) }) else { return false }
      return yaml_mapping_end_event_initialize(&event) == 1 && emit(&event)
    }
  }

  private func isFlow(_ members: [Node]) -> Bool {
    switch layout {
    case .block: false
    case .flow: true
    case .leavesInFlow:
      members.allSatisfy { member in
        // A scalar with a style of its own (binary) keeps what holds it in blocks.
        if case .scalar(_, _, _, let tag) = member { return tag == nil }
        return false
      }
    }
  }

  private func emit(scalar text: String, isPlain: Bool, isQuoted: Bool, tag: String?) -> Bool {
    var event = yaml_event_t()
    var text = text
    let made = text.withUTF8 { bytes -> Int32 in
      var nothing: UInt8 = 0
      return withUnsafeMutablePointer(to: &nothing) { empty in
        let start = bytes.baseAddress ?? UnsafePointer(empty)
        return Self.withBytes(tag) { tag in
          yaml_scalar_event_initialize(
            &event, nil, tag, start, Int32(clamping: bytes.count), isPlain ? 1 : 0, isQuoted ? 1 : 0,
            tag == nil ? YAML_ANY_SCALAR_STYLE : YAML_LITERAL_SCALAR_STYLE)
        }
      }
    }
    return made == 1 && emit(&event)
  }

  /// Runs the body with the text's bytes, ended by a nought; nil without a text.
  private static func withBytes<Result>(_ text: String?, _ body: (UnsafePointer<UInt8>?) -> Result) -> Result {
    guard let text else { return body(nil) }
    return (Array(text.utf8) + [0]).withUnsafeBufferPointer { body($0.baseAddress) }
  }
}
