import ArgumentParser
import CommandLine
import Operator
import Value
import Wire

struct GrainsQueryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query", abstract: "Asks the master's cache: offline hosts too, each with the age of what is known.",
    discussion: "Example: brine grains query --where os=Debian --columns id,osfinger,openssl:version")

  @OptionGroup var connection: Connection
  @Option(name: .customLong("where"), help: "GRAIN=GLOB or GRAIN!=GLOB; all given must hold.") var conditions:
    [String] = []
  @Option(help: "Which hosts: a compound expression.") var target: String?
  @Option(help: "Columns, separated by commas: id, online, age, last_seen, or grains (nested with ':').")
  var columns = "id,os,osrelease,online"
  @Option(help: "table, json, jsonl, yaml") var out = OutputFormat.table

  func run() async throws {
    let specification = try specification()
    let names = columns.split(separator: ",").map { String($0) }
    guard !names.isEmpty else { throw ValidationError("--columns names at least one column") }
    let grains = names.filter { !Self.facts.contains($0) }
    try await connection.withClient { client in
      var rows: [Value] = []
      for try await reply in client.stream(.grains(specification, keys: grains.isEmpty ? ["id"] : grains)) {
        guard case .part(let part) = reply else {
          if case .value(let last) = reply { PillarFailures.warn(last["pillar_failures"]) }
          continue
        }
        for host in part["grains"]?.listValue ?? [] { rows.append(row(host, names)) }
      }
      show(rows, names)
    }
  }

  private static let facts = ["id", "online", "age", "last_seen"]

  private func specification() throws -> TargetSpecification {
    var terms = target.map { ["( \($0) )"] } ?? []
    for condition in conditions {
      guard let equals = condition.firstIndex(of: "="), equals != condition.startIndex else {
        throw ValidationError("--where takes GRAIN=GLOB, not '\(condition)'")
      }
      let isNegated = condition[..<equals].hasSuffix("!")
      let key = condition[..<equals].dropLast(isNegated ? 1 : 0)
      let glob = condition[condition.index(after: equals)...]
      guard !key.contains(" "), !glob.contains(" ") else {
        throw ValidationError("--where cannot hold spaces; use '?' for each in '\(condition)'")
      }
      terms.append("\(isNegated ? "not " : "")G@\(key):\(glob)")
    }
    return TargetSpecification(kind: "compound", expression: terms.isEmpty ? "*" : terms.joined(separator: " and "))
  }

  private func row(_ host: Value, _ names: [String]) -> Value {
    var row: ValueMap = [:]
    for name in names {
      row[name] =
        switch name {
        case "id", "online", "last_seen": host[name] ?? .null
        case "age": host["age"]?.intValue.map { .string("\($0) s") } ?? .null
        default: nested(host["grains"] ?? .null, name)
        }
    }
    if !names.contains("age"), host["online"]?.boolValue == false {
      row["age"] = host["age"]?.intValue.map { .string("\($0) s") } ?? .string("never seen")
    }
    return .map(row)
  }

  private func nested(_ grains: Value, _ path: String) -> Value {
    path.split(separator: ":").reduce(grains) { value, key in
      value[String(key)] ?? Int(key).flatMap { value[$0] } ?? .null
    }
  }

  private func show(_ rows: [Value], _ names: [String]) {
    let rows = rows.sorted { ($0["id"]?.description ?? "") < ($1["id"]?.description ?? "") }
    switch out {
    case .json: Terminal.print(JSONWriter.pretty(.list(rows)))
    case .jsonl: for row in rows { Terminal.print(JSONWriter.compact(row)) }
    case .yaml: Terminal.write(YAMLWriter.write(.list(rows)))
    default:
      let hasAges = rows.contains { $0["age"] != nil } && !names.contains("age")
      Terminal.write(TextTable.render(rows, columns: names + (hasAges ? ["age"] : [])))
    }
  }
}
