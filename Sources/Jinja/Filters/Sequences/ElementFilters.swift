/// Single elements, and how many there are.
enum ElementFilters {
  static var all: [Filter] {
    [
      Filter("first", "sync_do_first", hidden: 1) { value, _, evaluation in
        try evaluation.elements(of: value).first ?? missing("No first item, sequence was empty.", evaluation)
      },
      Filter("last", "do_last", hidden: 1) { value, _, evaluation in
        if case .object(let object) = value, object is FilterGenerator {
          throw TemplateFailure(
            .operation, "'\(object.typeName)' object is not reversible", hint: "put '|list' before '|last'")
        }
        return try evaluation.elements(of: value).last ?? missing("No last item, sequence was empty.", evaluation)
      },
      Filter("length", "len") { value, _, evaluation in try length(value, evaluation) },
      Filter("count", "len") { value, _, evaluation in try length(value, evaluation) },
      Filter("list", "sync_do_list") { value, _, evaluation in
        try evaluation.list(evaluation.elements(of: value))
      },
      Filter("join", "sync_do_join", hidden: 1, .optional("d", .string("")), .optional("attribute")) {
        value, given, evaluation in
        let separator = try evaluation.text(given[0])
        let path = AttributePath(given[1])
        var output = ""
        for (index, element) in try evaluation.elements(of: value).enumerated() {
          let text = try evaluation.text(given[1].isNone ? element : path.value(of: element, evaluation))
          try evaluation.claim(bytes: text.utf8.count + separator.utf8.count)
          if index > 0 { output += separator }
          output += text
        }
        return .string(output)
      },
      Filter("sequence", "ensure_sequence_filter") { value, _, evaluation in
        switch value {
        case .list, .tuple, .dict: return value
        case .object(let object) where object is TemplateSet: return value
        default: return .list(TemplateList([value]))
        }
      },
      Filter("is_list", "is_list") { value, _, _ in
        if case .list = value { return .bool(true) }
        return .bool(false)
      },
      Filter("is_iter", "is_iter", .optional("ignore", .bool(true))) { value, given, evaluation in
        if value.stringValue != nil { return .bool(try !evaluation.isTrue(given[0])) }
        return .bool(try TypeTests.isIterable(value))
      },
      Filter("skip", "skip_filter") { _, _, _ in .string("") },
    ]
  }

  /// An undefined value that says why there is none: `default` still helps.
  static func missing(_ message: String, _ evaluation: Evaluation) -> TemplateValue {
    evaluation.undefined(Undefined(name: "", owner: message))
  }

  private static func length(_ value: TemplateValue, _ evaluation: Evaluation) throws -> TemplateValue {
    if case .object(let object) = value, object is FilterGenerator {
      throw TemplateFailure(
        .operation, "object of type '\(object.typeName)' has no len()", hint: "put '|list' before '|length'")
    }
    return .int(Int64(try evaluation.length(of: value)))
  }
}
