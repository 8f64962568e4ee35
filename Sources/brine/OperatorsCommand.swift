import ArgumentParser
import CommandLine
import HostSystem
import Identity
import Operator
import Value
import Wire
import ZeroMQ

struct OperatorsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "operators", abstract: "Who may ask the master for what.",
    subcommands: [List.self, Add.self, Remove.self, KeyGeneration.self], defaultSubcommand: List.self)

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists the operators.")
    @OptionGroup var connection: Connection
    @Option(help: "table, json, jsonl, yaml") var out = OutputFormat.table

    func run() async throws {
      let people = try await connection.withClient { try await $0.value(.listOperators) }.listValue ?? []
      Listing.show(people, columns: ["name", "role", "key", "added"], as: out)
    }
  }

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Lets an operator in.",
      discussion: "The word comes from `brine operators keygen` or `brine secrets key` on the operator's machine.")
    @OptionGroup var connection: Connection
    @Argument var name: String
    @Option(help: "A role of master.yaml.") var role: String
    @Option(help: "The operator's public word.") var key: String

    func run() async throws {
      guard let word = OperatorWord(key) else { throw ValidationError("'\(key)' is no operator's public word") }
      _ = try await connection.withClient {
        try await $0.value(
          .addOperator(
            name: name, role: role, publicKey: word.publicKey.description, sealingKey: word.sealingKey))
      }
      Terminal.print("\(name) is an operator with the role \(role).")
    }
  }

  struct Remove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Locks an operator out.")
    @OptionGroup var connection: Connection
    @Argument var name: String

    func run() async throws {
      _ = try await connection.withClient { try await $0.value(.removeOperator(name)) }
      Terminal.print("\(name) is no operator any more.")
    }
  }

  struct KeyGeneration: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "keygen", abstract: "Makes an operator's key on this machine and prints its public word.")
    @OptionGroup var connection: Connection
    @Argument(help: "The operator's name.") var name: String
    @Option(help: "The master: tcp://HOST:4512 (operator_port in its master.yaml).") var endpoint: String
    @Option(help: "The master's public key: `brine keys master` prints it there.") var masterKey: String

    func run() async throws {
      guard MinionID(name) != nil else { throw ValidationError("'\(name)' is no name: \(MinionID.rule)") }
      guard let key = CurveKey(masterKey) else { throw ValidationError("'\(masterKey)' is no public key") }
      let directory = connection.keyDirectory
      let path = "\(directory)/operator.key"
      let files = HostFiles()
      guard !files.exists(path) else { throw ValidationError("\(path) exists; --config names another directory") }
      try files.makeDirectory(directory, mode: 0o700)
      let identity = OperatorIdentity.generate(name: name, endpoint: endpoint, masterKey: key)
      try identity.save(path)
      Terminal.print(OperatorWord(identity).text)
      Terminal.error("\(path) is made. On the master: brine operators add \(name) --role ROLE --key WORD")
    }
  }
}
