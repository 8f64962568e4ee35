import HostSystem
import OrderedCollections
import Value
import Wire

/// The last recorded run: medians by measurement, Salt's beside them, and where they were taken.
struct Baseline {
  var values: [String: Double] = [:]
  /// What Salt took, where it was there to be measured.
  var salt: [String: Double] = [:]
  var machine = ""
  var recorded = ""

  /// Reads the file; an empty baseline when there is none yet.
  init(path: String) throws {
    guard HostFiles().exists(path) else { return }
    let fields = try JSONParser.parse(try HostFiles().readText(path))
    machine = fields["machine"]?.stringValue ?? ""
    recorded = fields["recorded"]?.stringValue ?? ""
    values = Self.numbers(fields["values"])
    salt = Self.numbers(fields["salt"])
  }

  private static func numbers(_ value: Value?) -> [String: Double] {
    var numbers: [String: Double] = [:]
    for (key, value) in value?.mapValue ?? [:] {
      if let name = key.stringValue, let number = value.doubleValue { numbers[name] = number }
    }
    return numbers
  }

  /// Takes in a run; what it did not measure stays.
  mutating func record(_ medians: [String: Double], salt: [String: Double], machine: String) {
    values.merge(medians) { $1 }
    self.salt.merge(salt) { $1 }
    self.machine = machine
    recorded = Moment.now().description
  }

  func save(_ path: String) throws {
    func known(_ numbers: [String: Double]) -> Value {
      let pairs = Measurement.all.compactMap { measurement in
        numbers[measurement.key].map { (Value.string(measurement.key), Value.double($0)) }
      }
      return .map(ValueMap(pairs, uniquingKeysWith: { $1 }))
    }
    let fields: Value = [
      "recorded": .string(recorded), "machine": .string(machine), "values": known(values), "salt": known(salt),
    ]
    if let slash = path.lastIndex(of: "/") { try HostFiles().makeDirectory(String(path[..<slash])) }
    try HostFiles().write(path, text: JSONWriter.pretty(fields, indent: 2) + "\n", mode: 0o644)
  }
}
