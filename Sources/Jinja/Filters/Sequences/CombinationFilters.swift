/// Python's `itertools`, as Salt offers them. They give iterators: put `|list` after them to print them.
enum CombinationFilters {
  static var all: [Filter] {
    [
      choice("combinations", .required("r"), repeats: false, isOrdered: false),
      choice("combinations_with_replacement", .required("r"), repeats: true, isOrdered: false),
      choice("permutations", .optional("r"), repeats: false, isOrdered: true),
      Filter("product") { value, arguments, evaluation in
        var given = arguments
        let count = given.named.firstIndex { $0.name == "repeat" }.map { given.named.remove(at: $0).value } ?? .int(1)
        try refuse(given.named, "product")
        let times = try evaluation.integer(count)
        guard (0...1000).contains(times) else {
          throw TemplateFailure(.operation, "repeat argument cannot be negative, or over 1000")
        }
        let lists = try ([value] + given.positional).map { try evaluation.elements(of: evaluation.complete($0)) }
        return iterator("itertools.product", evaluation) { evaluation in
          try evaluation.charge(times)
          let all = Array(repeatElement(lists, count: times).joined())
          var rows: [[TemplateValue]] = [[]]
          for list in all {
            try claim(rows.count, list.count, width: all.count, evaluation)
            rows = rows.flatMap { row in list.map { row + [$0] } }
          }
          return rows.map { .tuple($0) }
        }
      },
      Filter("compress", "compress", .required("selectors")) { value, given, evaluation in
        let elements = try evaluation.elements(of: evaluation.complete(value))
        let selectors = try evaluation.elements(of: given[0])
        return iterator("itertools.compress", evaluation) { evaluation in
          try zip(elements, selectors).filter { try evaluation.isTrue($0.1) }.map(\.0)
        }
      },
      Filter("zip") { value, arguments, evaluation in
        let strict = arguments.named("strict") ?? .bool(false)
        try refuse(arguments.named.filter { $0.name != "strict" }, "zip")
        let lists = try ([value] + arguments.positional).map { try evaluation.elements(of: evaluation.complete($0)) }
        let count = lists.map(\.count).min() ?? 0
        if try evaluation.isTrue(strict), lists.contains(where: { $0.count != count }) {
          throw TemplateFailure(.operation, "zip() arguments have different lengths")
        }
        return iterator("zip", evaluation) { _ in (0..<count).map { row in .tuple(lists.map { $0[row] }) } }
      },
      Filter("zip_longest") { value, arguments, evaluation in
        let fill = arguments.named("fillvalue") ?? .none
        try refuse(arguments.named.filter { $0.name != "fillvalue" }, "zip_longest")
        let lists = try ([value] + arguments.positional).map { try evaluation.elements(of: evaluation.complete($0)) }
        let count = lists.map(\.count).max() ?? 0
        return iterator("itertools.zip_longest", evaluation) { evaluation in
          try evaluation.claim(count, times: lists.count * 16)
          return (0..<count).map { row in .tuple(lists.map { row < $0.count ? $0[row] : fill }) }
        }
      },
    ]
  }

  private static func choice(
    _ name: String, _ parameter: TemplateParameter, repeats: Bool, isOrdered: Bool
  ) -> Filter {
    Filter(name) { value, arguments, evaluation in
      if arguments.positional.isEmpty, arguments.named.isEmpty, parameter.defaultValue == nil {
        throw TemplateFailure(.operation, "\(name)() missing required argument 'r' (pos 2)")
      }
      let given = try arguments.bind(name, parameter)
      let elements = try evaluation.elements(of: evaluation.complete(value))
      let size = given[0].isNone ? elements.count : try evaluation.integer(given[0])
      guard size >= 0 else { throw TemplateFailure(.operation, "r must be non-negative") }
      return iterator("itertools.\(name)", evaluation) { evaluation in
        var rows: [TemplateValue] = []
        guard repeats || size <= elements.count, size <= 1000 else { return rows }
        var row: [Int] = []
        try choose(&row, size, elements.count, repeats: repeats, isOrdered: isOrdered, evaluation) { row in
          try claim(1, 1, width: size, evaluation)
          rows.append(.tuple(row.map { elements[$0] }))
        }
        return rows
      }
    }
  }

  private static func choose(
    _ row: inout [Int], _ size: Int, _ count: Int, repeats: Bool, isOrdered: Bool, _ evaluation: Evaluation,
    _ body: ([Int]) throws -> Void
  ) throws {
    try evaluation.charge()
    guard row.count < size else { return try body(row) }
    let start = isOrdered ? 0 : row.last.map { repeats ? $0 : $0 + 1 } ?? 0
    for index in start..<max(count, start) {
      if isOrdered, row.contains(index) { continue }
      row.append(index)
      try choose(&row, size, count, repeats: repeats, isOrdered: isOrdered, evaluation, body)
      row.removeLast()
    }
  }

  private static func claim(_ rows: Int, _ times: Int, width: Int, _ evaluation: Evaluation) throws {
    let (count, overflow) = rows.multipliedReportingOverflow(by: times)
    try evaluation.charge(overflow ? 1 << 40 : count)
    try evaluation.claim(count, times: (width + 2) * 16)
  }

  private static func iterator(
    _ name: String, _ evaluation: Evaluation, _ body: @escaping (Evaluation) throws -> [TemplateValue]
  ) -> TemplateValue { .object(FilterGenerator(typeName: name, evaluation, body)) }

  private static func refuse(_ named: [(name: String, value: TemplateValue)], _ function: String) throws {
    guard let (name, _) = named.first else { return }
    throw TemplateFailure(.operation, "\(function)() got an unexpected keyword argument '\(name)'")
  }
}
