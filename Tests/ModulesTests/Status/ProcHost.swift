import Functions
import Glibc
import HostSystem
import HostSystemTesting
import Value

/// A directory with a made-up `/proc`, and functions to call on it; it goes with the last reference.
final class ProcHost: Sendable {
  private let directory: TemporaryDirectory
  var root: String { directory.path }
  let commands: ScriptedCommands
  private let registry: FunctionRegistry
  var files: HostFiles { HostFiles(root: root) }

  init(
    _ functions: [Function], _ contents: [String: String] = [:],
    commands: ScriptedCommands = ScriptedCommands(programs: [], [:])
  ) throws {
    directory = try TemporaryDirectory()
    self.commands = commands
    registry = FunctionRegistry(functions)
    for (path, text) in contents {
      if let slash = path.lastIndex(of: "/") { try files.makeDirectory(String(path[..<slash])) }
      try files.write(path, text: text)
    }
  }

  /// Calls a function as an operator's words would.
  func call(
    _ name: String, _ positional: Value..., named: ValueMap = [:], grains: ValueMap = [:], options: ValueMap = [:],
    isTest: Bool = false
  ) async throws -> Value {
    let context = FunctionContext(commands: commands, files: files, grains: grains, options: options, isTest: isTest)
    return try await registry.call(name, CallArguments(positional, named: named), context)
  }
}
