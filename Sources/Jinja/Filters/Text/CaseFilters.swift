import Value

/// Upper and lower case, and names in the styles of programs.
enum CaseFilters {
  static var all: [Filter] {
    [
      Filter("upper", "do_upper") { value, _, evaluation in
        try evaluation.method("upper", of: evaluation.softText(value))
      },
      Filter("lower", "do_lower") { value, _, evaluation in
        try evaluation.method("lower", of: evaluation.softText(value))
      },
      Filter("capitalize", "do_capitalize") { value, _, evaluation in
        try evaluation.method("capitalize", of: evaluation.softText(value))
      },
      Filter("title", "do_title") { value, _, evaluation in .string(title(try evaluation.text(value))) },
      Filter("to_snake_case", "camel_to_snake_case") { value, _, evaluation in
        let scalars = Array(try evaluation.string(evaluation.defined(value)).unicodeScalars)
        guard !scalars.isEmpty else { throw TemplateFailure(.operation, "string index out of range") }
        return .string(snakeCase(scalars))
      },
      Filter("to_camelcase", "snake_to_camel_case", .optional("uppercamel", .bool(false))) { value, given, evaluation in
        let text = try evaluation.string(evaluation.defined(value))
        let words = text.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
        let keepsFirst = try !evaluation.isTrue(given[0])
        return .string(
          words.enumerated().map { $0.offset == 0 && keepsFirst ? $0.element : capitalized($0.element) }.joined())
      },
    ]
  }

  /// Words begin after spaces, hyphens and opening brackets.
  private static func title(_ text: String) -> String {
    var output = ""
    var word = String.UnicodeScalarView()
    func flush() {
      // Jinja writes the first letter in upper case, not in title case: they differ for letters like "ǆ".
      if let first = word.first {
        output += first.properties.uppercaseMapping + String(word.dropFirst()).lowercased()
      }
      word.removeAll()
    }
    for scalar in text.unicodeScalars {
      if "-({[<".unicodeScalars.contains(scalar) || PythonText.isSpace(scalar) {
        flush()
        output.unicodeScalars.append(scalar)
      } else {
        word.append(scalar)
      }
    }
    flush()
    return output
  }

  private static func capitalized(_ word: String) -> String {
    guard let first = word.unicodeScalars.first else { return word }
    return first.properties.titlecaseMapping + String(word.unicodeScalars.dropFirst()).lowercased()
  }

  private static func snakeCase(_ scalars: [Unicode.Scalar]) -> String {
    var output = scalars[0].properties.lowercaseMapping
    for index in scalars.indices.dropFirst() {
      let scalar = scalars[index]
      if scalar.properties.isUppercase {
        let isAfterLower = scalars[index - 1].properties.isLowercase
        let isBeforeLower = index + 1 < scalars.count && scalars[index + 1].properties.isLowercase
        if isAfterLower || isBeforeLower { output += "_" }
      }
      output += scalar.properties.lowercaseMapping
    }
    return output
  }
}
