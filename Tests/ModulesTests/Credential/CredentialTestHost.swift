import Functions
import Glibc
import HostSystem
import HostSystemTesting
import OrderedCollections
import Sealing
import Value

@testable import Modules

/// A host in a directory: /etc/shadow, a chpasswd that edits it, and keys to seal to.
final class CredentialTestHost: Sendable {
  private let directory: TemporaryDirectory
  var root: String { directory.path }
  let files: HostFiles
  let operatorKey = SealingKey()

  init() throws {
    directory = try TemporaryDirectory()
    files = HostFiles(root: directory.path)
    try files.makeDirectory("/etc")
  }

  func writeShadow(_ hash: String) throws {
    try files.write(
      "/etc/shadow", text: "root:*:19000:0:99999:7:::\ndeploy:\(hash):19000:0:99999:7:::\ndeploy2:!:19000::::::\n",
      mode: 0o600)
  }

  func shadowHash() throws -> String { try ShadowFile(files: files).passwordHash(of: "deploy") }

  /// chpasswd -e as shadow-utils has it: `user:hash` lines on standard input.
  func chpasswd(_ command: Command) -> CommandResult? {
    guard command.arguments == ["chpasswd", "-e"], case .secret(let input) = command.standardInput else { return nil }
    let line = input.withBytes { String(decoding: $0, as: UTF8.self) }.trimmed()
    let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let text = try? files.readText("/etc/shadow") else { return CommandResult(exit: 1) }
    let lines = text.splitLines().map { line -> String in
      var fields = line.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      if fields.first == parts[0] { fields[1] = parts[1] }
      return fields.joined(separator: ":")
    }
    try? files.write("/etc/shadow", text: lines.joined(separator: "\n") + "\n")
    return CommandResult()
  }

  func context(
    _ commands: any CommandRunner, isTest: Bool = false, jobID: String = "", keys: [String: [UInt8]]? = nil
  ) -> FunctionContext {
    FunctionContext(
      commands: commands, files: files, isTest: isTest, jobID: jobID,
      sealingKeys: keys ?? ["alice": operatorKey.publicKey])
  }

  func call(_ function: Function, _ named: ValueMap, _ context: FunctionContext) async throws -> Value {
    try await function.body(Arguments(binding: CallArguments(named: named), to: function.signature), context)
  }

  /// Every file below the root that holds the text.
  func filesHolding(_ text: String) throws -> [String] {
    let wanted = Array(text.utf8)
    func search(_ path: String) throws -> [String] {
      try files.entries(path).flatMap { name -> [String] in
        let child = path == "/" ? "/\(name)" : "\(path)/\(name)"
        if files.isDirectory(child) { return try search(child) }
        return try files.read(child).firstRange(of: wanted) == nil ? [] : [child]
      }
    }
    return try search("/")
  }

  func open(_ result: Value) throws -> String {
    let text = result["sealed"]?["alice"]?.stringValue ?? ""
    return try SealedSecret.open(text, privateKey: operatorKey).withBytes { String(decoding: $0, as: UTF8.self) }
  }
}
