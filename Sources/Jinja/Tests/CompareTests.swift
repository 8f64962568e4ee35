/// Comparisons, which also have names.
enum CompareTests {
  static var all: [TemplateTest] {
    comparison(.equal, ["==", "eq", "equalto"]) + comparison(.notEqual, ["!=", "ne"])
      + comparison(.greater, [">", "gt", "greaterthan"]) + comparison(.greaterOrEqual, [">=", "ge"])
      + comparison(.less, ["<", "lt", "lessthan"]) + comparison(.lessOrEqual, ["<=", "le"])
      + [
        TemplateTest("in", "test_in", .required("seq")) { value, given, evaluation in
          switch given[0] {
          case .none, .bool, .int, .double:
            throw TemplateFailure(.operation, "argument of type '\(given[0].typeName)' is not iterable")
          default: return try evaluation.contains(given[0], value)
          }
        },
        TemplateTest("sameas", "test_sameas", .required("other")) { value, given, _ in isSame(value, given[0]) },
      ]
  }

  private static func comparison(_ symbol: ComparisonOperator, _ names: [String]) -> [TemplateTest] {
    names.map { name in
      TemplateTest(name, name, .required("b")) { value, given, evaluation in
        try evaluation.compare(value, symbol, given[0])
      }
    }
  }

  /// Python's `is`: lists and dicts are the same only when they are one; small values when they are equal and of a kind.
  private static func isSame(_ left: TemplateValue, _ right: TemplateValue) -> Bool {
    switch (left, right) {
    case (.none, .none): true
    case (.bool(let left), .bool(let right)): left == right
    case (.int(let left), .int(let right)): left == right
    case (.double(let left), .double(let right)): left == right
    case (.string(let left), .string(let right)): left == right
    case (.list(let left), .list(let right)): left === right
    case (.dict(let left), .dict(let right)): left === right
    case (.object(let left), .object(let right)): left === right
    case (.tuple(let left), .tuple(let right)): left.isEmpty && right.isEmpty
    default: false
    }
  }
}
