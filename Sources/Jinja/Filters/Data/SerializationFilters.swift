/// Data as text.
enum SerializationFilters {
  static var all: [Filter] {
    [
      Filter("yaml", "format_yaml", hidden: 1, .optional("flow_style", .bool(true))) { value, given, evaluation in
        .markup(try YAMLTree.text(value, isFlow: evaluation.isTrue(given[0]), evaluation))
      },
      Filter("dict_to_sls_yaml_params", "dict_to_sls_yaml_params", hidden: 1, .optional("flow_style", .bool(false))) {
        value, given, evaluation in
        let parameters = try evaluation.dict(evaluation.complete(value)).entries.map {
          TemplateValue.dict(TemplateDict([$0.key: $0.value]))
        }
        return .markup(
          try YAMLTree.text(.list(TemplateList(parameters)), isFlow: evaluation.isTrue(given[0]), evaluation))
      },
      Filter("json", "format_json", hidden: 1, .optional("sort_keys", .bool(true)), .optional("indent")) {
        value, given, evaluation in
        let value = try evaluation.complete(value)
        var writer = JSONText(indent: try JSONText.indent(given[1], evaluation), evaluation)
        writer.sortsKeys = try evaluation.isTrue(given[0])
        return .markup(try writer.text(value))
      },
      Filter("tojson", body: toJSON),
      Filter("python", "format_python", hidden: 1) { value, _, evaluation in
        .markup(try PrettyText.text(evaluation.complete(value), evaluation))
      },
      Filter("xml", "format_xml", hidden: 1) { value, _, evaluation in
        .markup(try XMLText.text(evaluation.complete(value), evaluation))
      },
    ]
  }

  /// Salt hands what options it gets to Python's JSON library, and makes the text safe within HTML.
  private static func toJSON(
    _ value: TemplateValue, _ arguments: TemplateArguments, _ evaluation: Evaluation
  ) throws -> TemplateValue {
    guard arguments.positional.count <= 1 else {
      throw TemplateFailure(
        .operation,
        "tojson() takes from 1 to 2 positional arguments but \(arguments.positional.count + 1) were given")
    }
    let value = try evaluation.complete(value)
    let indent = arguments.positional.first ?? arguments.named("indent") ?? .none
    var writer = JSONText(indent: try JSONText.indent(indent, evaluation), evaluation)
    writer.isASCII = true
    for (name, option) in arguments.named {
      switch name {
      case "indent": break
      case "sort_keys": writer.sortsKeys = try evaluation.isTrue(option)
      case "ensure_ascii": writer.isASCII = try evaluation.isTrue(option)
      case "separators":
        let parts = try evaluation.elements(of: option).map { try evaluation.string($0) }
        guard parts.count == 2 else {
          throw TemplateFailure(.operation, "separators are two texts, not \(parts.count)")
        }
        writer.itemSeparator = parts[0]
        writer.keySeparator = parts[1]
      case "allow_nan", "check_circular", "skipkeys": break
      default:
        throw TemplateFailure(.operation, "JSONEncoder.__init__() got an unexpected keyword argument '\(name)'")
      }
    }
    var output = ""
    for scalar in try writer.text(value).unicodeScalars {
      switch scalar {
      case "<": output += "\\u003c"
      case ">": output += "\\u003e"
      case "&": output += "\\u0026"
      case "'": output += "\\u0027"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return .string(output)
  }
}
