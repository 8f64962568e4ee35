import OrderedCollections
import Value

/// Answers as rows of cells: a column for each key where answers are maps, a row for each element where they are lists of
/// maps or maps of maps, else the host and its answer.
struct TableRows {
  private(set) var header: [String] = []
  private(set) var rows: [[String]] = []
  /// Columns that hold numbers only: they stand to the right.
  private(set) var numeric: Set<Int> = []

  init(_ outcomes: [MinionOutcome]) {
    let values = outcomes.map { (id: $0.id, value: $0.value ?? .null) }
    if values.allSatisfy({ Self.isRecord($0.value) }) {
      build(leading: ["minion"], values.map { ([.string($0.id)], $0.value) })
    } else if values.allSatisfy({ Self.isTable($0.value) }) {
      let isNamed = values.contains { $0.value.mapValue != nil }
      build(
        leading: isNamed ? ["minion", "name"] : ["minion"], values.flatMap { Self.records($0.id, $0.value, isNamed) })
    } else {
      build(leading: ["minion", "answer"], values.map { ([.string($0.id), $0.value], [:]) })
    }
  }

  private mutating func build(leading: [String], _ records: [(leading: [Value], record: Value)]) {
    let keys = OrderedSet(records.flatMap { $0.record.mapValue.map { Array($0.keys) } ?? [] })
    header = leading + keys.map { TerminalText.line($0.description) }
    let cells = records.map { record in record.leading.map(Optional.init) + keys.map { record.record.mapValue?[$0] } }
    rows = cells.map { $0.map { $0.map(Self.text) ?? "" } }
    numeric = Set(
      header.indices.filter { column in
        !cells.isEmpty && cells.allSatisfy { $0[column].map { $0.doubleValue != nil } ?? true }
      })
  }

  /// The elements of a list of maps or of a map of maps, each with what leads its row.
  private static func records(_ id: String, _ value: Value, _ isNamed: Bool) -> [(leading: [Value], record: Value)] {
    switch value {
    case .list(let list): list.map { (isNamed ? [.string(id), ""] : [.string(id)], $0) }
    case .map(let map): map.elements.map { ([.string(id), $0.key], $0.value) }
    default: []
    }
  }

  private static func isScalar(_ value: Value) -> Bool { value.listValue == nil && value.mapValue == nil }

  /// A map with a scalar in it at least; its lists and maps are shown compactly.
  private static func isRecord(_ value: Value) -> Bool { value.mapValue?.values.contains(where: isScalar) ?? false }

  private static func isTable(_ value: Value) -> Bool {
    switch value {
    case .list(let list): !list.isEmpty && list.allSatisfy(isRecord)
    case .map(let map): !map.isEmpty && map.values.allSatisfy(isRecord)
    default: false
    }
  }

  private static func text(_ value: Value) -> String {
    let text =
      switch value {
      case .bytes(let bytes): JSONWriter.text(of: bytes)
      default: value.description
      }
    return TerminalText.lines(text).map { $0.split(separator: "\t").joined(separator: " ") }.joined(separator: "\\n")
  }
}
