/// What differs between two values.
enum ComparisonFilters {
  static var all: [Filter] {
    [
      Filter("compare_lists", "compare_lists", .optional("new")) { value, given, evaluation in
        let old = try elements(value, evaluation)
        let new = try elements(given[0], evaluation)
        let output = TemplateDict()
        let added = try new.filter { try !evaluation.contains(value, $0) }
        let removed = try old.filter { try !evaluation.contains(given[0], $0) }
        if !added.isEmpty { output["new"] = .list(TemplateList(added)) }
        if !removed.isEmpty { output["old"] = .list(TemplateList(removed)) }
        return .dict(output)
      },
      Filter("compare_dicts", "compare_dicts", .optional("new")) { value, given, evaluation in
        let old = try dict(value, evaluation)
        let new = try dict(given[0], evaluation)
        let output = TemplateDict()
        for (key, value) in new.entries {
          if let before = old.entries[key] {
            if !evaluation.equals(before, value) { output.entries[key] = change(before, value) }
          } else {
            output.entries[key] = change(.string(""), value)
          }
        }
        for (key, value) in old.entries where new.entries[key] == nil {
          output.entries[key] = .dict(TemplateDict([.string("new"): .string(""), .string("old"): value]))
        }
        return .dict(output)
      },
    ]
  }

  private static func change(_ old: TemplateValue, _ new: TemplateValue) -> TemplateValue {
    .dict(TemplateDict([.string("old"): old, .string("new"): new]))
  }

  private static func elements(_ value: TemplateValue, _ evaluation: Evaluation) throws -> [TemplateValue] {
    switch value {
    case .none, .bool, .int, .double:
      throw TemplateFailure(.operation, "argument of type '\(value.typeName)' is not iterable")
    default: return try evaluation.elements(of: value)
    }
  }

  private static func dict(_ value: TemplateValue, _ evaluation: Evaluation) throws -> TemplateDict {
    if value.isNone { return TemplateDict() }
    guard case .dict(let dict) = try evaluation.defined(value) else {
      throw TemplateFailure(.operation, "'\(value.typeName)' object is not a dict")
    }
    return dict
  }
}
