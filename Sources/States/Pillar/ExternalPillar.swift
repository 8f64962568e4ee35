import Functions
import HostSystem
import OrderedCollections
import Value

/// Pillar that programs give (`ext_pillar`): Salt's `cmd_yaml` and `cmd_json`, and `executable`, an argv array that gets
/// the minion's id as its last argument and the grains as JSON on standard input.
public struct ExternalPillar: Sendable {
  /// Names of what may stand in `ext_pillar`.
  public static let kinds = ["cmd_yaml", "cmd_json", "executable", git]
  static let git = "git"
  private static let outputLimit = 4 << 20

  struct Source: Sendable {
    var kind: String
    var setting: Value
  }

  let sources: [Source]
  private let context: FunctionContext
  private let files: PillarFiles
  private let minion: String
  private let timeout: Duration

  init(_ context: FunctionContext, _ files: PillarFiles) {
    self.context = context
    self.files = files
    minion = (context.options["id"] ?? context.grains["id"] ?? "").description
    timeout = .seconds(context.options["ext_pillar_timeout"]?.intValue ?? 30)
    let excluded = context.options["exclude_ext_pillar"]?.listValue?.map(\.description) ?? []
    sources = (context.options["ext_pillar"]?.listValue ?? []).flatMap { entry -> [Source] in
      guard let map = entry.mapValue else { return [Source(kind: entry.description, setting: .null)] }
      guard let first = map.keys.first, !excluded.contains(first.description) else { return [] }
      return map.map { Source(kind: $0.key.description, setting: $0.value) }
    }
  }

  /// Whether programs have a part in it, which may say something else the next time.
  var runsPrograms: Bool { sources.contains { $0.kind != Self.git } }

  /// What is wrong with a setting of `ext_pillar`; nil when nothing is.
  public static func fault(of setting: Value) -> String? {
    guard case .list(let entries) = setting else { return "it is a list of maps" }
    for entry in entries {
      guard let map = entry.mapValue, !map.isEmpty else { return "each entry is a map, as 'cmd_yaml: program %s'" }
      for (kind, value) in map {
        guard kinds.contains(kind.description) else {
          return "there is no '\(kind)' here; there are \(kinds.joined(separator: ", "))"
        }
        if kind.description == git {
          if value.listValue?.isEmpty != false { return "'git' takes a list of 'BRANCH ADDRESS'" }
        } else if kind == "executable" {
          if argv(value) == nil { return "'executable' takes a list: a program's path and its arguments" }
        } else if value.stringValue?.isEmpty != false {
          return "'\(kind)' takes a command line"
        }
      }
    }
    return nil
  }

  private static func argv(_ setting: Value) -> [String]? {
    let words = (setting.listValue ?? setting["command"]?.listValue ?? []).map(\.description)
    guard let program = words.first, program.hasPrefix("/") else { return nil }
    return words
  }

  /// What one program gives; nil for nothing.
  ///
  /// - Throws: `PillarProblem` when it fails, takes too long, says too much, or what it says is no map.
  func data(of source: Source) async throws(PillarProblem) -> ValueMap? {
    let name = "ext_pillar \(source.kind)"
    func failure(_ summary: String, _ details: String = "") -> PillarProblem {
      let opening = "Failed to load \(name): \(summary)"
      return PillarProblem(details.isEmpty ? opening : "\(opening)\n\(details)", summary: opening)
    }
    var command = try self.command(source)
    command.timeout = timeout
    command.outputLimit = Self.outputLimit
    let result: CommandResult
    do { result = try await context.commands.run(command) } catch {
      throw failure("\(command.arguments[0]) cannot be run", "\(error)")
    }
    if result.ending == .timedOut { throw failure("it did not end within \(timeout.components.seconds) s") }
    guard result.isSuccess else {
      throw failure("it ended with exit code \(result.exitCode)", String(result.errorText.suffix(2000)))
    }
    guard !result.isTruncated else { throw failure("it gave more than \(Self.outputLimit) bytes") }
    files.note(result.standardOutput)
    let value: Value
    do { value = try Self.parse(result.outputText, isJSON: source.kind == "cmd_json") } catch {
      throw failure("what it gave is no \(source.kind == "cmd_json" ? "JSON" : "YAML")", "\(error)")
    }
    if !Truth.isTrue(value) { return nil }
    guard case .map(let map) = value else { throw failure("what it gave is \(value.kindName), not a map") }
    return map
  }

  private static func parse(_ text: String, isJSON: Bool) throws -> Value {
    if isJSON { return try JSONParser.parse(text) }
    // JSON of programs is mostly YAML, but not where tabs indent it.
    if text.utf8.first(where: { $0 > 0x20 }) == UInt8(ascii: "{"), let value = try? JSONParser.parse(text) {
      return value
    }
    return try YAMLParser.parse(text, file: "ext_pillar").value
  }

  private func command(_ source: Source) throws(PillarProblem) -> Command {
    switch source.kind {
    case "executable":
      guard let words = Self.argv(source.setting) else {
        throw PillarProblem("The \"ext_pillar\" option is malformed: 'executable' takes a list")
      }
      var command = Command(words + [minion])
      command.standardInput = .bytes(Array(JSONWriter.compact(.map(context.grains)).utf8))
      return command
    case "cmd_yaml":
      // Salt gives this line to a shell. An id has no character that means something to one.
      return Command("/bin/sh", "-c", source.setting.description.replacing("%s", with: minion))
    case "cmd_json":
      do {
        let words = try ShellWords.split(source.setting.description).map { $0.replacing("%s", with: minion) }
        guard !words.isEmpty else { throw PillarProblem("The \"ext_pillar\" option is malformed: it is empty") }
        return Command(words)
      } catch { throw PillarProblem("The \"ext_pillar\" option is malformed: \(error)") }
    default:
      throw PillarProblem(
        "The \"ext_pillar\" option is malformed: there is no '\(source.kind)' here; there are "
          + "\(Self.kinds.joined(separator: ", "))")
    }
  }
}
