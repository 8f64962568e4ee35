import Functions
import Glibc
import HostSystem
import HostSystemTesting
import OrderedCollections
import Value

@testable import Modules

/// A host in a directory with a bash and an /opt.
final class CmdTestHost: Sendable {
  private let directory: TemporaryDirectory
  var root: String { directory.path }
  let files: HostFiles

  init() throws {
    directory = try TemporaryDirectory()
    files = HostFiles(root: directory.path)
    for path in ["/bin", "/opt", "/tmp", "/etc", "/home/deploy"] { try files.makeDirectory(path) }
    try files.write("/bin/bash", text: "", mode: 0o755)
  }

  func context(_ commands: any CommandRunner) -> FunctionContext {
    FunctionContext(commands: commands, files: files, registry: FunctionRegistry(CmdFunctions.all))
  }

  func call(_ name: String, _ positional: [Value] = [], _ named: ValueMap = [:], _ commands: any CommandRunner)
    async throws -> Value
  {
    let context = context(commands)
    return try await context.registry.call(name, CallArguments(positional, named: named), context)
  }
}
