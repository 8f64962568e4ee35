/// The order of elements.
enum OrderFilters {
  static var all: [Filter] {
    [
      Filter(
        "sort", "do_sort", hidden: 1, .optional("reverse", .bool(false)), .optional("case_sensitive", .bool(false)),
        .optional("attribute")
      ) { value, given, evaluation in
        let paths = AttributePath.paths(given[2])
        let isSensitive = try evaluation.isTrue(given[1])
        let elements = try evaluation.sorted(evaluation.elements(of: value), reverse: evaluation.isTrue(given[0])) {
          element in
          let keys = try paths.map { path in
            let key = try path.value(of: element, evaluation)
            return isSensitive ? key : key.ignoringCase
          }
          return keys.count == 1 ? keys[0] : .tuple(keys)
        }
        return try evaluation.list(elements)
      },
      Filter(
        "dictsort", "do_dictsort", .optional("case_sensitive", .bool(false)), .optional("by", .string("key")),
        .optional("reverse", .bool(false))
      ) { value, given, evaluation in
        let by = given[1].stringValue
        guard by == "key" || by == "value" else {
          throw TemplateFailure(.operation, "You can only sort by either \"key\" or \"value\"")
        }
        let isSensitive = try evaluation.isTrue(given[0])
        let entries = try evaluation.dict(value).entries.map { ($0.key.value, $0.value) }
        let sorted = try evaluation.sorted(entries, reverse: evaluation.isTrue(given[2])) { entry in
          let key = by == "key" ? entry.0 : entry.1
          return isSensitive ? key : key.ignoringCase
        }
        return try evaluation.list(sorted.map { .tuple([$0.0, $0.1]) })
      },
      Filter("sorted_ignorecase", "sorted_ignorecase") { value, _, evaluation in
        let sorted = try evaluation.sorted(evaluation.elements(of: value)) { element in
          guard let text = try evaluation.defined(element).stringValue else {
            throw TemplateFailure(.operation, "'\(element.typeName)' object has no attribute 'lower'")
          }
          return .string(text.lowercased())
        }
        return try evaluation.list(sorted)
      },
      Filter("reverse", "do_reverse") { value, _, evaluation in
        switch try evaluation.defined(value) {
        case .string(let text): return .string(String(String.UnicodeScalarView(text.unicodeScalars.reversed())))
        case .markup(let text): return .markup(String(String.UnicodeScalarView(text.unicodeScalars.reversed())))
        case .object(let object) where object is FilterGenerator || object is TemplateSet:
          return try evaluation.list(evaluation.elements(of: value).reversed())
        case .none, .bool, .int, .double:
          throw TemplateFailure(.operation, "argument must be iterable")
        default:
          let kind =
            value.typeName == "list" ? "list_reverse" : value.typeName == "dict" ? "dict_reversekey" : "reversed"
          return .object(
            FilterGenerator(typeName: kind == "reversed" ? kind : kind + "iterator", evaluation) { evaluation in
              try evaluation.elements(of: value).reversed()
            })
        }
      },
    ]
  }
}
