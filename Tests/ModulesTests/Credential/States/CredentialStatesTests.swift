import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Sealing
import Testing
import Value

@testable import Modules

@Suite struct CredentialStatesTests {
  private let host: CredentialTestHost

  init() throws {
    host = try CredentialTestHost()
    try host.writeShadow(try #require(UnixCrypt.hash(Secret("old password"), scheme: .sha512)))
  }

  private func rotate(_ named: ValueMap, isTest: Bool = false, keys: [String: [UInt8]]? = nil) async throws
    -> StateResult
  {
    let state = try #require(CredentialStates.all.first)
    let commands = ScriptedCommands { [host] in host.chpasswd($0) }
    let context = StateContext(functions: host.context(commands, isTest: isTest, keys: keys), chunk: named)
    return try await state.body(Arguments(binding: CallArguments([], named: named), to: state.signature), context)
  }

  @Test func rotatesOnceAndNeverShowsThePassword() async throws {
    let named: ValueMap = ["name": "deploy", "kind": "unix-password"]
    let before = try host.shadowHash()
    let planned = try await rotate(named, isTest: true)
    #expect(planned.result == nil)
    #expect(planned.comment == "The credential unix-password deploy would be rotated")
    #expect(planned.changes["version"] == ["old": .null, "new": 1])
    #expect(planned.changes["sealed"] == nil)
    #expect(try host.shadowHash() == before)

    let done = try await rotate(named)
    #expect(done.result == true)
    #expect(done.comment == "The credential unix-password deploy was rotated")
    #expect(done.changes["version"] == ["old": .null, "new": 1])
    let password = try host.open(.map(done.changes))
    #expect(UnixCrypt.matches(Secret(password), hash: try host.shadowHash()))
    #expect(!Value.map(done.changes).description.contains(password))

    let again = try await rotate(named)
    #expect(again.result == true)
    #expect(again.changes.isEmpty)
    #expect(again.comment.hasPrefix("The credential unix-password deploy was rotated at 2"))
  }

  @Test func rotatesAgainWhenTheMomentIsLater() async throws {
    let named: ValueMap = ["name": "app account", "kind": "unix-password", "user": "deploy"]
    #expect(try await rotate(named.merging(["since": "2014-04-07"]) { $1 }).changes["version"]?["new"] == 1)
    #expect(try await rotate(named.merging(["since": "2014-04-07"]) { $1 }).changes.isEmpty)
    let later = try await rotate(named.merging(["since": "2999-01-01"]) { $1 }, isTest: true)
    #expect(later.changes["version"] == ["old": 1, "new": 2])
    #expect(later.result == nil)
  }

  @Test func refusalsAreFailures() async throws {
    let named: ValueMap = ["name": "deploy", "kind": "unix-password"]
    #expect(try await rotate(named, keys: [:]).comment.hasPrefix("No operator's key was given"))
    #expect(try await rotate(named.merging(["since": "soon"]) { $1 }).result == false)
    #expect(try await rotate(["name": "nobody-here", "kind": "unix-password"]).result == false)
  }
}
