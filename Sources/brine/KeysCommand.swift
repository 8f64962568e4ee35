import ArgumentParser
import CommandLine
import Configuration
import Identity
import Operator
import Value
import Wire

struct KeysCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "Which hosts are in the fleet.",
    subcommands: [List.self, Show.self, Invite.self, Accept.self, Reject.self, Revoke.self, MasterKey.self],
    defaultSubcommand: List.self)

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists all keys.")
    @OptionGroup var connection: Connection
    @Option(help: "table, json, jsonl, yaml") var out = OutputFormat.table

    func run() async throws {
      let keys = try await connection.withClient { try await $0.value(.listKeys) }.listValue ?? []
      Listing.show(
        keys, columns: ["id", "status", "online", "fingerprint", "version", "address", "last_seen"], as: out)
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Shows the keys that claim an id.")
    @OptionGroup var connection: Connection
    @Argument var id: String

    func run() async throws {
      let keys = try await connection.withClient { try await $0.value(.showKey(id)) }
      Terminal.write(YAMLWriter.write(keys))
    }
  }

  struct Invite: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "invite", abstract: "Makes a word that lets hosts join.",
      discussion: "On the host: brine-minion join tcp://MASTER:4511 WORD")
    @OptionGroup var connection: Connection
    @Option(help: "Only for ids like this glob.") var id = "*"
    @Option(help: "For so many hosts.") var uses = 1
    @Option(help: "For so long: 30m, 1h, 2d.") var ttl = "1h"

    func run() async throws {
      guard let seconds = DurationText.seconds(ttl) else {
        throw ValidationError("--ttl takes a span of time: 30m, 1h, 2d")
      }
      let identity = try connection.identity()
      let answer = try await connection.withClient {
        try await $0.value(.invite(idGlob: id, uses: Int64(uses), seconds: Int64(seconds)))
      }
      guard let secret = answer["secret"]?.bytesValue else { return }
      Terminal.print(Invitation(masterKey: identity.masterKey, secret: Secret(secret)).word)
      Terminal.error(
        "For \(uses) host\(uses == 1 ? "" : "s"), until \(answer["expires"] ?? .null). On the host:\n"
          + "  brine-minion join tcp://MASTER:\(answer["enrol_port"] ?? 4511) WORD")
    }
  }

  struct Accept: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "accept", abstract: "Lets waiting keys in.")
    @OptionGroup var decision: DecisionOptions
    func run() async throws { try await decision.decide(.accept) }
  }

  struct Reject: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "reject", abstract: "Turns waiting keys away.")
    @OptionGroup var decision: DecisionOptions
    func run() async throws { try await decision.decide(.reject) }
  }

  struct Revoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "revoke", abstract: "Throws hosts out: their keys are refused and their connections cut.")
    @OptionGroup var decision: DecisionOptions
    func run() async throws { try await decision.decide(.revoke) }
  }

  struct MasterKey: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "master", abstract: "Prints the master's public key.")
    @OptionGroup var connection: Connection
    func run() async throws { Terminal.print(try connection.identity().masterKey.description) }
  }
}

/// Which keys a decision is about.
struct DecisionOptions: ParsableArguments {
  @OptionGroup var connection: Connection
  @Argument(help: "Ids or globs.") var globs: [String] = []
  @Flag(help: "All of them.") var all = false

  func decide(_ decision: KeyDecision) async throws {
    guard !globs.isEmpty || all else { throw ValidationError("name ids or globs, or give --all") }
    let answer = try await connection.withClient {
      try await $0.value(.decideKeys(decision, globs: all ? ["*"] : globs))
    }
    let ids = answer["minions"]?.listValue?.map(\.description) ?? []
    Terminal.print("\(answer["status"] ?? .null): \(ids.joined(separator: ", "))")
  }
}
