import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Synchronization
import Testing
import Value

@testable import Modules

@Suite struct RemoteFileTests {
  private static let address = "https://me:cret@files.example/app.tar?x=1"
  private let host: StateTestHost
  init() throws { host = try StateTestHost() }

  private func context(_ commands: ScriptedCommands) -> FunctionContext {
    var context = host.context(commands, isTest: false, chunk: [:]).functions
    context.options["cachedir"] = "/var/cache"
    return context
  }

  /// Writes what is fetched to where the program is told to.
  private func fetching(_ programs: Set<String>, _ input: @escaping @Sendable (String) -> Void) -> ScriptedCommands {
    let files = host.files
    return ScriptedCommands(programs: programs) { command in
      if command.arguments[0] == "sha256sum" {
        let text = (try? HostFiles().readText(command.arguments.last ?? "")) ?? ""
        return CommandResult(exit: 0, String(repeating: text == "new" ? "1" : "0", count: 64) + "  x\n")
      }
      guard case .secret(let secret) = command.standardInput else { return nil }
      let text = secret.withBytes { String(decoding: $0, as: UTF8.self) }
      input(text)
      let names = (try? files.entries("/var/cache/extrn_files")) ?? []
      for name in names where name.contains(".part-") {
        try? files.write("/var/cache/extrn_files/\(name)", text: "new")
      }
      return CommandResult()
    }
  }

  @Test(arguments: ["curl", "wget"]) func theAddressIsOnNoCommandLine(_ program: String) async throws {
    let seen = Mutex("")
    let commands = fetching([program]) { text in seen.withLock { $0 = text } }
    let archive = try RemoteFile(Self.address, context(commands))
    #expect(archive.shown == "https://<redacted>@files.example/app.tar?x=1")
    let right = SourceHash(kind: .sha256, digits: String(repeating: "1", count: 64))
    #expect(try await !archive.isCached(right))
    try await archive.fetch(right)
    #expect(seen.withLock { $0 }.contains(Self.address))
    #expect(!commands.runs.joined().joined().contains("cret"))
    #expect(try host.files.entries("/var/cache/extrn_files").count == 1)
    #expect(host.files.status(archive.path)?.mode == 0o600)
    #expect(try await archive.isCached(right))
    let count = commands.runs.count
    try await archive.fetch(right)
    #expect(!commands.runs.dropFirst(count).contains { $0[0] == program })
  }

  @Test func anotherHashIsNotKept() async throws {
    let archive = try RemoteFile(Self.address, context(fetching(["curl"]) { _ in }))
    let wrong = SourceHash(kind: .sha256, digits: String(repeating: "2", count: 64))
    await #expect {
      try await archive.fetch(wrong)
    } throws: {
      ($0 as? StateRefusal)?.comment.contains("does not match the specified hash") == true && !"\($0)".contains("cret")
    }
    #expect(try host.files.entries("/var/cache/extrn_files").isEmpty)
  }

  @Test(arguments: [
    "gopher://x/a.tar", "file:///x", "https://x/a b", "https://x/a\"\noutput=/etc/passwd", "https://x/\\",
  ])
  func oddAddressesAreRefused(_ address: String) {
    #expect(throws: StateRefusal.self) { try RemoteFile(address, context(ScriptedCommands([:]))) }
  }

  @Test func withoutAHashOrAProgramItIsRefused() async throws {
    let named: ValueMap = ["name": "/opt/x", "source": .string(Self.address), "archive_format": "tar"]
    let refused = try await host.call(ArchiveStates.all, "archive.extracted", named)
    #expect(refused.comment.hasPrefix("Unable to verify upstream hash of source file https://<redacted>@files.example"))
    let hash: ValueMap = ["source_hash": .string(String(repeating: "1", count: 64))]
    let planned = try await host.call(
      ArchiveStates.all, "archive.extracted", named.merging(hash) { $1 }, isTest: true)
    #expect(planned.result == nil)
    #expect(
      planned.comment
        == "Archive https://<redacted>@files.example/app.tar?x=1 would be cached (if necessary) and checked to discover "
        + "if extraction is needed")
    let missing = try await host.call(
      ArchiveStates.all, "archive.extracted", named.merging(hash) { $1 }, ScriptedCommands(programs: [], [:]))
    #expect(missing.comment.contains("there is neither curl nor wget here"))
  }
}
