/// Bytes, and data whose texts become bytes.
enum BytesFilters {
  static var all: [Filter] {
    [
      Filter("to_bytes", "to_bytes", .optional("encoding"), .optional("errors", .string("strict"))) {
        value, given, evaluation in
        if let name = given[0].stringValue, !["utf-8", "utf8", "ascii"].contains(name.lowercased()) {
          throw TemplateFailure(.operation, "unknown encoding: \(name)", hint: "utf-8 is what there is")
        }
        return .bytes(try evaluation.bytes(value))
      },
      encoding("json_encode_dict", "encode_dict", wantsDict: true),
      encoding("json_decode_dict", "encode_dict", wantsDict: true),
      encoding("json_encode_list", "encode_list", wantsDict: false),
      encoding("json_decode_list", "encode_list", wantsDict: false),
    ]
  }

  /// All four encode: Salt's `decode` filters do so too.
  private static func encoding(_ name: String, _ function: String, wantsDict: Bool) -> Filter {
    Filter(
      name, function, .optional("encoding"), .optional("errors", .string("strict")), .optional("keep", .bool(false)),
      .optional("preserve_dict_class", .bool(false)), .optional("preserve_tuples", .bool(false))
    ) { value, given, evaluation in
      let keepsTuples = try evaluation.isTrue(given[4])
      if wantsDict { return try encoded(.dict(evaluation.dict(value)), keepsTuples: keepsTuples, depth: 0, evaluation) }
      return try encoded(
        .list(TemplateList(evaluation.elements(of: value))), keepsTuples: keepsTuples, depth: 0, evaluation)
    }
  }

  private static func encoded(
    _ value: TemplateValue, keepsTuples: Bool, depth: Int, _ evaluation: Evaluation
  ) throws -> TemplateValue {
    guard depth < 100 else { throw TemplateFailure(.limit, "lists or dicts stand more than 100 levels deep") }
    try evaluation.charge()
    switch value {
    case .string(let text), .markup(let text): return .bytes(Array(text.utf8))
    case .list(let list):
      let elements = try list.elements.map { try encoded($0, keepsTuples: keepsTuples, depth: depth + 1, evaluation) }
      return .list(TemplateList(elements))
    case .tuple(let elements):
      let elements = try elements.map { try encoded($0, keepsTuples: keepsTuples, depth: depth + 1, evaluation) }
      return keepsTuples ? .tuple(elements) : .list(TemplateList(elements))
    case .dict(let dict):
      let output = TemplateDict()
      for (key, value) in dict.entries {
        let key = try TemplateKey(encoded(key.value, keepsTuples: true, depth: depth + 1, evaluation)) ?? key
        output.entries[key] = try encoded(value, keepsTuples: keepsTuples, depth: depth + 1, evaluation)
      }
      return .dict(output)
    default: return value
    }
  }
}
