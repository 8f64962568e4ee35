import Functions
import Glibc
import HostSystem
import HostSystemTesting
import OrderedCollections
import Value

/// A host below a temporary directory, for calling functions as a job does. Removed when the test is over.
final class DirectoryTestHost: Sendable {
  let files: HostFiles
  private let root: TemporaryDirectory

  /// - Parameter content: files to begin with, by path.
  init(_ content: [String: String] = [:]) throws {
    root = try TemporaryDirectory()
    files = HostFiles(root: root.path)
    for (path, text) in content {
      let directory = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
      if !directory.isEmpty { try files.makeDirectory(directory) }
      try files.write(path, text: text)
    }
  }

  func text(_ path: String) throws -> String { try files.readText(path) }

  /// Makes a link without looking at what is there.
  func link(_ path: String, to target: String) throws {
    guard symlink(target, files.resolve(path)) == 0 else { throw HostError(errno: errno, "link", path) }
  }

  /// Runs a function with words by position and by name.
  func call(
    _ functions: [Function], _ name: String, _ words: Value..., named: ValueMap = [:],
    commands: any CommandRunner = ScriptedCommands([:]), isTest: Bool = false
  ) async throws -> Value {
    let registry = FunctionRegistry(functions)
    let context = FunctionContext(commands: commands, files: files, isTest: isTest, registry: registry)
    return try await registry.call(name, CallArguments(words, named: named), context)
  }
}
