import Value

/// HTML and XML: escaping, and marking as safe.
enum EscapeFilters {
  static var all: [Filter] {
    [
      Filter("escape", "escape") { value, _, evaluation in .markup(try escaped(value, evaluation)) },
      Filter("e", "escape") { value, _, evaluation in .markup(try escaped(value, evaluation)) },
      Filter("forceescape", "do_forceescape") { value, _, evaluation in
        .markup(Markup.escape(try evaluation.text(value)))
      },
      Filter("safe", "do_mark_safe") { value, _, evaluation in .markup(try evaluation.text(value)) },
      Filter("string", "soft_str") { value, _, evaluation in try evaluation.softText(value) },
      Filter("striptags", "do_striptags") { value, _, evaluation in
        .string(MarkupText.withoutTags(try evaluation.text(value)))
      },
      Filter("xmlattr", "do_xmlattr", hidden: 1, .optional("autospace", .bool(true))) { value, given, evaluation in
        var items: [String] = []
        for (key, value) in try evaluation.dict(value).entries {
          if value.isNone || value.isUndefined { continue }
          let name = try evaluation.string(key.value)
          guard !name.utf8.contains(where: { $0 == 0x20 || 0x09...0x0d ~= $0 || "/>=".utf8.contains($0) }) else {
            throw TemplateFailure(
              .operation, "Invalid character in attribute name: \(PythonText.quoted(name))")
          }
          items.append("\(Markup.escape(name))=\"\(try escaped(value, evaluation))\"")
        }
        let text = items.joined(separator: " ")
        return .string(try evaluation.isTrue(given[0]) && !text.isEmpty ? " " + text : text)
      },
    ]
  }

  static func escaped(_ value: TemplateValue, _ evaluation: Evaluation) throws -> String {
    if case .markup(let text) = value { return text }
    return Markup.escape(try evaluation.text(value))
  }
}
