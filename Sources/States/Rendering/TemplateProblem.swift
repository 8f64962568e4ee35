import Jinja

/// What went wrong in a template, opened with Salt's words.
enum TemplateProblem {
  static func problem(_ error: TemplateError) -> StateProblem {
    var place = "\(error.file):\(error.line):\(error.column)"
    if !error.sourceLine.isEmpty {
      let lead = error.sourceLine.unicodeScalars.prefix(error.column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
      place += "\n  \(error.sourceLine)\n  \(lead)^"
    }
    for step in error.chain { place += "\n  in \(step.what), from \(step.file):\(step.line):\(step.column)" }
    return StateProblem("\(opening(error.code)) \(error.message)", place: place, hint: error.hint)
  }

  private static func opening(_ code: TemplateFailure.Code) -> String {
    switch code {
    case .undefined: "Jinja variable"
    case .syntax, .unknownName: "Jinja syntax error:"
    case .hostFunction: "Problem running salt function in Jinja template:"
    case .operation, .notFound, .limit, .raised: "Jinja error:"
    }
  }
}
