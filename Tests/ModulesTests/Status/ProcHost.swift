import Functions
import Glibc
import HostSystem
import HostSystemTesting
import Value

/// A directory with a made-up `/proc`, and functions to call on it; it goes with the last reference.
final class ProcHost: Sendable {
  let root: String
  let commands: ScriptedCommands
  private let registry: FunctionRegistry
  var files: HostFiles { HostFiles(root: root) }

  init(
    _ functions: [Function], _ contents: [String: String] = [:],
    commands: ScriptedCommands = ScriptedCommands(programs: [], [:])
  ) throws {
    root = "/tmp/brine-proc-\(getpid())-\(UInt64.random(in: 0 ... .max))"
    self.commands = commands
    registry = FunctionRegistry(functions)
    try HostFiles().makeDirectory(root)
    for (path, text) in contents {
      if let slash = path.lastIndex(of: "/") { try files.makeDirectory(String(path[..<slash])) }
      try files.write(path, text: text)
    }
  }

  deinit { try? HostFiles().removeTree(root) }

  /// Calls a function as an operator's words would.
  func call(
    _ name: String, _ positional: Value..., named: ValueMap = [:], grains: ValueMap = [:], options: ValueMap = [:],
    isTest: Bool = false
  ) async throws -> Value {
    let context = FunctionContext(commands: commands, files: files, grains: grains, options: options, isTest: isTest)
    return try await registry.call(name, CallArguments(positional, named: named), context)
  }
}
