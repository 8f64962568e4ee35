import Functions
import Glibc
import HostSystem
import HostSystemTesting
import Modules
import OrderedCollections
import Value

/// A host for service tests: a directory for a root, and scripted programs by the beginning of their argv.
final class ServiceTestHost: Sendable {
  private let directory: TemporaryDirectory?
  var root: String { directory?.path ?? "/nonexistent" }
  let commands: ScriptedCommands
  private let grains: ValueMap

  init(
    grains: ValueMap = ["init": "systemd"], programs: Set<String>? = nil, _ answers: [String: CommandResult] = [:]
  ) {
    directory = try? TemporaryDirectory()
    self.grains = grains
    let keys = answers.keys.sorted { $0.count > $1.count }
    commands = ScriptedCommands(programs: programs) { command in
      let line = command.arguments.joined(separator: " ").replacing("systemctl --no-pager", with: "systemctl")
      return keys.first { line.hasPrefix($0) }.flatMap { answers[$0] }
    }
  }

  var files: HostFiles { HostFiles(root: root) }

  func call(_ function: String, _ positional: [Value] = [], _ named: ValueMap = [:], isTest: Bool = false) async throws
    -> Value
  {
    let context = FunctionContext(commands: commands, files: files, grains: grains, isTest: isTest)
    return try await FunctionRegistry(ServiceFunctions.all).call(
      function, CallArguments(positional, named: named), context)
  }

  /// The error of a call that must fail.
  func error(_ function: String, _ positional: [Value] = [], _ named: ValueMap = [:]) async -> FunctionError? {
    do {
      _ = try await call(function, positional, named)
      return nil
    } catch {
      return error as? FunctionError
    }
  }

  /// What ran, one line each.
  var lines: [String] {
    commands.runs.map { $0.joined(separator: " ").replacing("systemctl --no-pager", with: "systemctl") }
  }

  /// Adds an executable init script, and a link that starts it.
  func addScript(_ name: String, link: String? = nil) throws {
    try files.makeDirectory("/etc/init.d")
    try files.write("/etc/init.d/\(name)", text: "#!/bin/sh\n", mode: 0o755)
    guard let link else { return }
    try files.makeDirectory("/etc/rc2.d")
    try files.write("/etc/rc2.d/\(link)", text: "")
  }
}
