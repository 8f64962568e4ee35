import Functions
import Glibc
import HostSystem
import HostSystemTesting
import Modules
import OrderedCollections
import Synchronization
import Value

/// A host for package tests: a directory for a root, scripted programs, and a package database that differs before and
/// after the first command that changes it.
final class PkgTestHost: Sendable {
  private let directory: TemporaryDirectory?
  var root: String { directory?.path ?? "/nonexistent" }
  let commands: ScriptedCommands
  private let isChanged: ChangeFlag

  /// - Parameters:
  ///   - before: what the database query prints at first.
  ///   - after: what it prints once a program of `changing` has run; nil leaves it as it was.
  ///   - answers: other commands by the beginning of their argv; the longest counts.
  init(
    programs: Set<String> = ["apt-get", "dpkg-query", "apt-mark", "apt-cache"], before: String, after: String? = nil,
    changing: String = "apt-get -q -y", _ answers: [String: CommandResult] = [:]
  ) {
    directory = try? TemporaryDirectory()
    let flag = ChangeFlag()
    isChanged = flag
    let keys = answers.keys.sorted { $0.count > $1.count }
    commands = ScriptedCommands(programs: programs) { command in
      let line = command.arguments.joined(separator: " ")
      if line.hasPrefix("dpkg-query -W -f ${Status}") || line.hasPrefix("rpm -qa --qf %{NAME}") {
        return CommandResult(exit: 0, flag.isSet ? after ?? before : before)
      }
      if line.hasPrefix(changing) { flag.set() }
      return keys.first { line.hasPrefix($0) }.flatMap { answers[$0] }
    }
  }

  var files: HostFiles { HostFiles(root: root) }

  func context(_ grains: ValueMap = ["os_family": "Debian", "osarch": "amd64"], isTest: Bool = false) -> FunctionContext
  {
    FunctionContext(commands: commands, files: files, grains: grains, isTest: isTest)
  }

  func call(
    _ function: String, _ positional: [Value] = [], _ named: ValueMap = [:],
    grains: ValueMap = ["os_family": "Debian", "osarch": "amd64"], isTest: Bool = false
  ) async throws -> Value {
    try await FunctionRegistry(PkgFunctions.all).call(
      function, CallArguments(positional, named: named), context(grains, isTest: isTest))
  }

  /// What ran, one line each, without the reads of the database.
  var lines: [String] {
    commands.runs.map { $0.joined(separator: " ") }.filter {
      !$0.hasPrefix("dpkg-query -W") && !$0.hasPrefix("rpm -qa")
    }
  }

  private final class ChangeFlag: Sendable {
    private let value = Mutex(false)
    var isSet: Bool { value.withLock { $0 } }
    func set() { value.withLock { $0 = true } }
  }
}

/// Runs a call that must fail and gives its error.
func packageError(_ body: () async throws -> Value) async -> FunctionError? {
  do {
    _ = try await body()
    return nil
  } catch {
    return error as? FunctionError
  }
}
