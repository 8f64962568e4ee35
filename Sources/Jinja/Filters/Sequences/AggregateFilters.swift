/// Sums, extremes and counts.
enum AggregateFilters {
  static var all: [Filter] {
    [
      Filter("sum", "sync_do_sum", hidden: 1, .optional("attribute"), .optional("start", .int(0))) {
        value, given, evaluation in
        let path = AttributePath(given[0])
        if given[1].stringValue != nil {
          throw TemplateFailure(.operation, "sum() can't sum strings [use ''.join(seq) instead]")
        }
        return try evaluation.elements(of: value).reduce(given[1]) { total, element in
          try evaluation.binary(.add, total, given[0].isNone ? element : path.value(of: element, evaluation))
        }
      },
      Filter("min", "lst_min") { value, _, evaluation in
        try extreme(value, "min", evaluation) { try evaluation.compare($0, .less, $1) }
      },
      Filter("max", "lst_max") { value, _, evaluation in
        try extreme(value, "max", evaluation) { try evaluation.compare($0, .greater, $1) }
      },
      Filter("avg", "lst_avg") { value, _, evaluation in
        switch value {
        case .list(let list):
          let total = try list.elements.reduce(TemplateValue.int(0)) { try evaluation.binary(.add, $0, $1) }
          return try evaluation.binary(.divide, total, .int(Int64(list.elements.count)))
        case .dict(let dict):
          let total = try dict.entries.keys.reduce(TemplateValue.int(0)) {
            try evaluation.binary(.add, $0, $1.value)
          }
          return try evaluation.binary(.divide, total, .int(Int64(dict.entries.count)))
        default:
          guard let number = try PythonNumber.float(value, evaluation) else { throw PythonNumber.notAFloat(value) }
          return .double(number)
        }
      },
      Filter("exactly_n_true", "exactly_n", .optional("amount", .int(1))) { value, given, evaluation in
        .bool(try trueCount(value, evaluation) == max(try evaluation.integer(given[0]), 0))
      },
      Filter("exactly_one_true", "exactly_one") { value, _, evaluation in
        .bool(try trueCount(value, evaluation) == 1)
      },
    ]
  }

  private static func extreme(
    _ value: TemplateValue, _ function: String, _ evaluation: Evaluation,
    _ isBetter: (TemplateValue, TemplateValue) throws -> Bool
  ) throws -> TemplateValue {
    let elements = try evaluation.elements(of: value)
    guard var best = elements.first else {
      throw TemplateFailure(.operation, "\(function)() arg is an empty sequence")
    }
    for element in elements.dropFirst() where try isBetter(element, best) { best = element }
    return best
  }

  private static func trueCount(_ value: TemplateValue, _ evaluation: Evaluation) throws -> Int {
    try evaluation.elements(of: value).reduce(0) { try $0 + (evaluation.isTrue($1) ? 1 : 0) }
  }
}
