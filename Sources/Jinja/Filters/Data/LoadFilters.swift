import Value

/// Text as data.
enum LoadFilters {
  static var all: [Filter] {
    [
      Filter("load_yaml", "load_yaml", hidden: 1) { value, _, evaluation in
        guard let text = try text(of: value, evaluation).stringValue else {
          throw TemplateFailure(.operation, "a string or stream input is required")
        }
        try evaluation.charge(text.utf8.count / 16)
        do throws(YAMLError) {
          return TemplateValue(try YAMLParser.value(of: text))
        } catch {
          throw TemplateFailure(
            .operation, "Encountered error loading yaml: \(error.message) (line \(error.line), column \(error.column))",
            hint: error.advice)
        }
      },
      Filter("load_json", "load_json", hidden: 1) { value, _, evaluation in
        let value = try text(of: value, evaluation)
        guard let bytes = try? evaluation.bytes(value) else {
          throw TemplateFailure(.operation, "Unable to load json from \(try evaluation.text(value))")
        }
        try evaluation.charge(bytes.count / 16)
        do throws(JSONError) {
          return TemplateValue(try JSONParser.parse(bytes))
        } catch {
          throw TemplateFailure(
            .operation, "Unable to load json from \(String(decoding: bytes.prefix(500), as: UTF8.self))",
            hint: "\(error.message) (line \(error.line), column \(error.column))")
        }
      },
      Filter("load_text", "load_text", hidden: 1) { value, _, evaluation in try text(of: value, evaluation) },
    ]
  }

  /// An imported template is its text.
  private static func text(of value: TemplateValue, _ evaluation: Evaluation) throws -> TemplateValue {
    if case .object(let object) = value, object is TemplateModule { return .string(object.text) }
    return try evaluation.complete(value)
  }
}
