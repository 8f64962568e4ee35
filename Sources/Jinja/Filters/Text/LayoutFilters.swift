/// Where text stands: widths, indents, line breaks.
enum LayoutFilters {
  static var all: [Filter] {
    [
      Filter("center", "do_center", .optional("width", .int(80))) { value, given, evaluation in
        let width = try evaluation.integer(given[0])
        try evaluation.claim(bytes: max(width, 0))
        return try evaluation.method("center", of: evaluation.softText(value), .int(Int64(width)))
      },
      Filter("trim", "do_trim", .optional("chars")) { value, given, evaluation in
        try evaluation.method("strip", of: evaluation.softText(value), given[0])
      },
      Filter(
        "indent", "do_indent", .optional("width", .int(4)), .optional("first", .bool(false)),
        .optional("blank", .bool(false)), body: indent),
      Filter(
        "truncate", "do_truncate", hidden: 1, .optional("length", .int(255)), .optional("killwords", .bool(false)),
        .optional("end", .string("...")), .optional("leeway"), body: truncate),
      Filter(
        "wordwrap", "do_wordwrap", hidden: 1, .optional("width", .int(79)),
        .optional("break_long_words", .bool(true)), .optional("wrapstring"), .optional("break_on_hyphens", .bool(true))
      ) { value, given, evaluation in
        let width = try evaluation.integer(given[0])
        let separator = given[2].isNone ? "\n" : try evaluation.text(given[2])
        let wrapping = TextWrapping(
          width: width, breaksLongWords: try evaluation.isTrue(given[1]),
          breaksOnHyphens: try evaluation.isTrue(given[3]))
        let text = try evaluation.string(evaluation.defined(value))
        let lines = try PythonLines.lines(text).map { line in
          guard width > 0 else { throw TemplateFailure(.operation, "invalid width \(width) (must be > 0)") }
          return wrapping.lines(Array(line.unicodeScalars)).joined(separator: separator)
        }
        try evaluation.claim(bytes: text.utf8.count * (1 + separator.utf8.count))
        return .string(lines.joined(separator: separator))
      },
      Filter("wordcount", "do_wordcount") { value, _, evaluation in
        var count = 0
        var isInWord = false
        for scalar in try evaluation.text(value).unicodeScalars {
          let isWord = scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          if isWord, !isInWord { count += 1 }
          isInWord = isWord
        }
        return .int(Int64(count))
      },
    ]
  }

  private static func indent(
    _ value: TemplateValue, _ given: [TemplateValue], _ evaluation: Evaluation
  ) throws -> TemplateValue {
    let value = try evaluation.defined(value)
    guard let text = value.stringValue else {
      throw TemplateFailure(.operation, "unsupported operand type(s) for +=: '\(value.typeName)' and 'str'")
    }
    let indent: String
    if let text = given[0].stringValue {
      indent = text
    } else {
      let width = try evaluation.integer(given[0])
      try evaluation.claim(bytes: max(width, 0))
      indent = String(repeating: " ", count: max(width, 0))
    }
    // Python adds a line break before it splits, so that an empty text is one line.
    let lines = PythonLines.lines(text + "\n")
    let indentsBlank = try evaluation.isTrue(given[2])
    let indentsFirst = try evaluation.isTrue(given[1])
    try evaluation.claim(lines.count, times: indent.utf8.count)
    var output = indentsFirst ? indent : ""
    for (index, line) in lines.enumerated() {
      if index > 0 { output += !line.isEmpty || indentsBlank ? "\n" + indent : "\n" }
      output += line
    }
    if case .markup = value { return .markup(output) }
    return .string(output)
  }

  private static func truncate(
    _ value: TemplateValue, _ given: [TemplateValue], _ evaluation: Evaluation
  ) throws -> TemplateValue {
    let length = try evaluation.integer(given[0])
    let end = try evaluation.text(given[2])
    let leeway = given[3].isNone ? 5 : try evaluation.integer(given[3])
    let endCount = end.unicodeScalars.count
    guard length >= endCount else {
      throw TemplateFailure(.operation, "expected length >= \(endCount), got \(length)")
    }
    guard leeway >= 0 else { throw TemplateFailure(.operation, "expected leeway >= 0, got \(leeway)") }
    let count = try evaluation.length(of: value)
    if count <= length.addingReportingOverflow(leeway).partialValue { return value }
    let text = try evaluation.string(value)
    var kept = Array(text.unicodeScalars.prefix(length - endCount))
    if try !evaluation.isTrue(given[1]), let space = kept.lastIndex(of: " ") { kept.removeSubrange(space...) }
    let output = String(String.UnicodeScalarView(kept)) + end
    if case .markup = value { return .markup(output) }
    return .string(output)
  }
}
