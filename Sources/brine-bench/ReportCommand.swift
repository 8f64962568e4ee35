import ArgumentParser
import CommandLine
import HostSystem

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Prints a run's medians beside the targets and the last recorded run.",
    discussion: "Ends with 1 when a result was lost.")

  @Option(
    help: "Lines of a measurement's name (Salt's: salt/NAME) and a value; of several with one name the median counts.")
  var measurements: String
  @Option(help: "The recorded run.") var baseline: String
  @Option(help: "What it ran on, for the record.") var machine = ""
  @Flag(help: "Make this run the recorded one.") var record = false

  func run() throws {
    let all = try read()
    let medians = all.filter { !$0.key.hasPrefix(Self.saltPrefix) }
    let salt = all.filter { $0.key.hasPrefix(Self.saltPrefix) }.map {
      (String($0.key.dropFirst(Self.saltPrefix.count)), $0.value)
    }
    var recorded = try Baseline(path: baseline)
    let rows = Measurement.all.compactMap { measurement in
      medians[measurement.key].map {
        row(
          measurement, $0, before: recorded.values[measurement.key],
          salt: all[Self.saltPrefix + measurement.key] ?? recorded.salt[measurement.key])
      }
    }
    Terminal.print(
      Self.table([["what", "value", "target", "", "recorded", "ratio", "Salt", "better by"]] + rows))
    if recorded.recorded.isEmpty {
      Terminal.print("No run is recorded yet: scripts/bench --record")
    } else {
      Terminal.print("Recorded \(recorded.recorded) on \(recorded.machine)")
    }
    if record {
      recorded.record(medians, salt: Dictionary(salt, uniquingKeysWith: { $1 }), machine: machine)
      try recorded.save(baseline)
      Terminal.print("This run is recorded now, in \(baseline)")
    }
    let faults = Measurement.all.filter { $0.isFaultWhenMissed && !(medians[$0.key].map($0.isMet) ?? true) }
    guard faults.isEmpty else { throw ExitCode(1) }
  }

  private static let saltPrefix = "salt/"

  private func read() throws -> [String: Double] {
    var values: [String: [Double]] = [:]
    for line in try HostFiles().readText(measurements).split(separator: "\n") {
      let words = line.split { $0 == " " || $0 == "\t" }
      guard words.count == 2, let value = Double(words[1]) else { throw ValidationError("not a measurement: \(line)") }
      let name = words[0].hasPrefix(Self.saltPrefix) ? words[0].dropFirst(Self.saltPrefix.count) : words[0]
      guard Measurement.all.contains(where: { $0.key == name }) else {
        throw ValidationError("there is no measurement \(words[0])")
      }
      values[String(words[0]), default: []].append(value)
    }
    // One lost result is one too many: a median would hide it.
    return Dictionary(
      uniqueKeysWithValues: values.map { key, values in
        (key, key.hasSuffix("lost") ? values.max() ?? 0 : Samples(values).median)
      })
  }

  private func row(_ measurement: Measurement, _ value: Double, before: Double?, salt: Double?) -> [String] {
    let ratio = before.flatMap { $0 == 0 ? nil : "\((value / $0).rounded(2))×" } ?? ""
    return [
      measurement.title, "\(Measurement.text(value)) \(measurement.unit)", measurement.target,
      measurement.isMet(by: value) ? (measurement.bound == nil ? "" : "ok") : "MISSED",
      before.map { "\(Measurement.text($0)) \(measurement.unit)" } ?? "", ratio,
      salt.map { "\(Measurement.text($0)) \(measurement.unit)" } ?? "",
      salt.flatMap { value == 0 || $0 == 0 ? nil : measurement.isRate ? value / $0 : $0 / value }
        .map { "\(Measurement.text($0))×" } ?? "",
    ]
  }

  private static func table(_ rows: [[String]]) -> String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let space = String(repeating: " ", count: widths[column] - cell.count)
        // Words to the left, numbers to the right.
        line += column == 0 || column == 3 ? "\(cell)\(space)  " : "\(space)\(cell)  "
      }
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }
}
