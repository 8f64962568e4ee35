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
    return StateProblem(
      "\(opening(error.code)) \(error.message)", place: place, hint: error.hint, cause: cause(error.code))
  }

  /// Messages of templates hold names and values; these do not.
  private static func cause(_ code: TemplateFailure.Code) -> String {
    switch code {
    case .undefined: "a Jinja variable or attribute is undefined"
    case .syntax: "Jinja syntax error"
    case .unknownName: "an unknown Jinja filter, test or function"
    case .hostFunction: "a salt function that the template calls failed"
    case .notFound: "a template that it imports or includes does not exist"
    case .limit: "the template takes more time or memory than it may"
    case .raised: "the template raised an error"
    case .operation: "Jinja error"
    }
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
