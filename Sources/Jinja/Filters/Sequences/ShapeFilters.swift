/// Nested lists.
enum ShapeFilters {
  static var all: [Filter] {
    [
      Filter(
        "flatten", "flatten", .optional("levels"), .optional("preserve_nulls", .bool(false)), .optional("_ids")
      ) { value, given, evaluation in
        var output: [TemplateValue] = []
        let levels = given[0].isNone ? nil : try evaluation.integer(given[0])
        try flatten(
          value, levels: levels, keepsNulls: try evaluation.isTrue(given[1]), depth: 0, to: &output, evaluation)
        return try evaluation.list(output)
      }
    ]
  }

  private static func flatten(
    _ value: TemplateValue, levels: Int?, keepsNulls: Bool, depth: Int, to output: inout [TemplateValue],
    _ evaluation: Evaluation
  ) throws {
    guard depth < 100 else {
      throw TemplateFailure(.limit, "Reference cycle detected. Check input list.")
    }
    for element in try evaluation.elements(of: value) {
      let element = try evaluation.defined(element)
      if !keepsNulls, isNull(element) { continue }
      let isNested = try element.stringValue == nil && TypeTests.isIterable(element)
      if isNested, levels.map({ $0 >= 1 }) ?? true {
        try flatten(
          element, levels: levels.map { $0 - 1 }, keepsNulls: keepsNulls, depth: depth + 1, to: &output, evaluation)
      } else {
        output.append(element)
      }
    }
  }

  private static func isNull(_ value: TemplateValue) -> Bool {
    value.isNone || value.stringValue == "None" || value.stringValue == "null"
  }
}
