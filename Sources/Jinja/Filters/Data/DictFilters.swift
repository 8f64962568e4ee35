/// Dicts, entries and tables.
enum DictFilters {
  static var all: [Filter] {
    [
      Filter("items", "do_items") { value, _, evaluation in
        .object(
          FilterGenerator("do_items", evaluation) { evaluation in
            if value.isUndefined { return [] }
            guard case .dict(let dict) = value else {
              throw TemplateFailure(.operation, "Can only get item pairs from a mapping.")
            }
            try evaluation.charge(dict.entries.count)
            return dict.entries.map { .tuple([$0.key.value, $0.value]) }
          })
      },
      Filter("to_entries", "to_entries") { value, _, evaluation in
        let pairs: [(TemplateValue, TemplateValue)]
        switch value {
        case .dict(let dict): pairs = dict.entries.map { ($0.key.value, $0.value) }
        case .list(let list): pairs = list.elements.enumerated().map { (.int(Int64($0.offset)), $0.element) }
        default: throw TemplateFailure(.operation, "Input data must be a dict or list")
        }
        return try evaluation.list(
          pairs.map { .dict(TemplateDict([.string("key"): $0.0, .string("value"): $0.1])) })
      },
      Filter("from_entries", "from_entries") { value, _, evaluation in
        let output = TemplateDict()
        for entry in try evaluation.elements(of: value) {
          guard case .dict(let dict) = try evaluation.defined(entry) else { throw evaluation.notIterable(entry) }
          func member(_ name: String) -> TemplateValue? {
            dict.entries.elements.last { key, _ in key.value.stringValue?.lowercased() == name }?.value
          }
          for name in ["key", "name"] {
            guard let key = member(name), try evaluation.isTrue(key) else { continue }
            guard let hashable = TemplateKey(key) else { throw evaluation.unhashable(key) }
            output.entries[hashable] = member("value") ?? TemplateValue.none
            break
          }
        }
        return .dict(output)
      },
      Filter("mysql_to_dict", "mysql_to_dict", .required("key"), body: table),
    ]
  }

  /// The table that the `mysql` program prints.
  private static func table(
    _ value: TemplateValue, _ given: [TemplateValue], _ evaluation: Evaluation
  ) throws -> TemplateValue {
    let output = TemplateDict()
    var headers: [String] = []
    guard let wanted = TemplateKey(given[0]) else { throw evaluation.unhashable(given[0]) }
    for line in try evaluation.elements(of: value) {
      let text = try evaluation.text(line)
      if text.isEmpty || text.hasPrefix("+") { continue }
      let cells = text.split(separator: "|", omittingEmptySubsequences: false).map { cell in
        String(cell.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
      }
      guard headers.count > 1 else {
        headers = cells
        continue
      }
      let row = TemplateDict()
      for index in 1..<max(headers.count - 1, 1) {
        guard index < cells.count else { throw TemplateFailure(.operation, "list index out of range") }
        row[headers[index]] = number(cells[index])
      }
      guard let key = row.entries[wanted], let hashable = TemplateKey(key) else {
        throw TemplateFailure(.operation, "the table has no column \(try evaluation.representation(given[0]))")
      }
      output.entries[hashable] = .dict(row)
    }
    return .dict(output)
  }

  private static func number(_ text: String) -> TemplateValue {
    PythonNumber.integer(text).map(TemplateValue.int) ?? PythonNumber.float(text).map(TemplateValue.double)
      ?? .string(text)
  }
}
