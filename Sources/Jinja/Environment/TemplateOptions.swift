public import Value

/// How templates are read: Salt's `jinja_env`, `jinja_sls_env`, and the `#jinja2:` line of a template.
public struct TemplateOptions: Sendable, Hashable {
  /// Whether the line end after a block tag goes.
  public var trimBlocks: Bool
  /// Whether white space from the start of the line to a block tag goes.
  public var lstripBlocks: Bool
  /// Whether the last line end is kept. Salt's own rendering keeps it whatever this says.
  public var keepTrailingNewline: Bool
  /// Whether missing things print as nothing (Salt's `allow_undefined`).
  public var allowsUndefined: Bool
  /// What tags begin and end with.
  public var delimiters = TemplateDelimiters()

  public init(
    trimBlocks: Bool = false, lstripBlocks: Bool = false, keepTrailingNewline: Bool = false,
    allowsUndefined: Bool = false
  ) {
    self.trimBlocks = trimBlocks
    self.lstripBlocks = lstripBlocks
    self.keepTrailingNewline = keepTrailingNewline
    self.allowsUndefined = allowsUndefined
  }

  /// Takes over the settings of a `jinja_env` or `jinja_sls_env` map; what it does not know is left alone, as in Salt.
  public mutating func apply(_ settings: ValueMap) {
    for (key, value) in settings {
      guard let name = key.stringValue?.lowercased() else { continue }
      switch name {
      case "trim_blocks": trimBlocks = value.boolValue ?? trimBlocks
      case "lstrip_blocks": lstripBlocks = value.boolValue ?? lstripBlocks
      case "keep_trailing_newline": keepTrailingNewline = value.boolValue ?? keepTrailingNewline
      case "block_start_string": delimiters.blockBegin = value.stringValue ?? delimiters.blockBegin
      case "block_end_string": delimiters.blockEnd = value.stringValue ?? delimiters.blockEnd
      case "variable_start_string": delimiters.variableBegin = value.stringValue ?? delimiters.variableBegin
      case "variable_end_string": delimiters.variableEnd = value.stringValue ?? delimiters.variableEnd
      case "comment_start_string": delimiters.commentBegin = value.stringValue ?? delimiters.commentBegin
      case "comment_end_string": delimiters.commentEnd = value.stringValue ?? delimiters.commentEnd
      case "line_statement_prefix": delimiters.lineStatement = value.stringValue
      case "line_comment_prefix": delimiters.lineComment = value.stringValue
      default: break
      }
    }
  }

  /// Takes a `#jinja2: {"trim_blocks": true}` line off the top of a template (it may follow a renderer line), as Salt
  /// does since 3006.28.
  ///
  /// - Returns: the options of the template and its text with an empty line in the place of the header and whether the
  ///   line after the header is the first of the text.
  func reading(header source: String) -> (options: TemplateOptions, source: String, removedLine: Int?) {
    guard source.hasPrefix("#jinja2:") || source.hasPrefix("#!") else { return (self, source, nil) }
    var lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    let index = lines[0].hasPrefix("#!") && !lines[0].hasPrefix("#!/") ? 1 : 0
    guard lines.indices.contains(index), lines[index].hasPrefix("#jinja2:") else { return (self, source, nil) }
    let payload = String(lines[index].dropFirst("#jinja2:".count))
    guard let value = try? JSONParser.parse(payload), let map = value.mapValue else { return (self, source, nil) }
    var options = self
    options.apply(map)
    lines.remove(at: index)
    return (options, lines.joined(separator: "\n"), index + 1)
  }
}
