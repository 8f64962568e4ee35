import HostSystem
import OrderedCollections
import Value
import Wire

/// The last recorded run: medians by measurement, and where they were taken.
struct Baseline {
  var values: [String: Double] = [:]
  var machine = ""
  var recorded = ""

  /// Reads the file; an empty baseline when there is none yet.
  init(path: String) throws {
    guard HostFiles().exists(path) else { return }
    let fields = try JSONParser.parse(try HostFiles().readText(path))
    machine = fields["machine"]?.stringValue ?? ""
    recorded = fields["recorded"]?.stringValue ?? ""
    for (key, value) in fields["values"]?.mapValue ?? [:] {
      if let name = key.stringValue, let number = value.doubleValue { values[name] = number }
    }
  }

  /// Takes in a run; what it did not measure stays.
  mutating func record(_ medians: [String: Double], machine: String) {
    values.merge(medians) { $1 }
    self.machine = machine
    recorded = Moment.now().description
  }

  func save(_ path: String) throws {
    let known = Measurement.all.compactMap { measurement in
      values[measurement.key].map { (Value.string(measurement.key), Value.double($0)) }
    }
    let fields: Value = [
      "recorded": .string(recorded), "machine": .string(machine),
      "values": .map(ValueMap(known, uniquingKeysWith: { $1 })),
    ]
    if let slash = path.lastIndex(of: "/") { try HostFiles().makeDirectory(String(path[..<slash])) }
    try HostFiles().write(path, text: JSONWriter.pretty(fields, indent: 2) + "\n", mode: 0o644)
  }
}
