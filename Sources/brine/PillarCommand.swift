import ArgumentParser
import CommandLine
import Operator
import OrderedCollections
import Value
import Wire

struct PillarCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pillar",
    abstract: "Shows hosts' pillar as the master compiles it, and keeps the key that values are sealed to.",
    subcommands: [Show.self, Key.self, Rotate.self, Forget.self])

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Compiles the pillar of a host, on the master, now.",
      discussion: """
        Values that were encrypted are shown as **********, unless --secrets is given. Errors are shown with the lines \
        of the files. The role needs `pillar: true`; each look stands in the audit log.
        """)
    @OptionGroup var connection: Connection
    @Argument(help: "The host.") var minion: String
    @Argument(help: "Paths as users:deploy:shell; none for all.") var keys: [String] = []
    @Option(name: .customLong("pillarenv"), help: "The one pillar environment that counts.") var environment: String?
    @Flag(help: "Show decrypted values.") var secrets = false
    @Option(help: "yaml, json") var out = OutputFormat.yaml

    func run() async throws {
      guard let id = MinionID(minion) else { throw ValidationError("'\(minion)' is no id: \(MinionID.rule)") }
      let pillarenv = try environment.map { text in
        guard let name = EnvironmentName(text) else { throw ValidationError("'\(text)' is no environment's name") }
        return name
      }
      let query = PillarQuery(minion: id, keys: keys, environment: pillarenv, opensSecrets: secrets)
      let answer = try await connection.withClient { try await $0.value(.showPillar(query)) }
      if let errors = answer["errors"]?.listValue {
        Terminal.error("brine: the pillar of \(id) cannot be compiled:")
        for error in errors { Terminal.error(TerminalText.block(error.description)) }
        throw ExitCode(1)
      }
      let pillar = answer["pillar"] ?? .map([:])
      let shown = keys.count == 1 ? pillar[keys[0]] ?? .null : pillar
      Terminal.write(out == .json ? JSONWriter.pretty(shown) + "\n" : YAMLWriter.write(shown))
    }
  }

  struct Key: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "key", abstract: "Prints the public key that pillar values are sealed to, for `brine seal --key`.")
    @OptionGroup var connection: Connection
    @Flag(help: "The names of all keys that the master can open with, newest first.") var all = false

    func run() async throws {
      let answer = try await connection.withClient { try await $0.value(.pillarKey) }
      if all {
        for key in answer["keys"]?.listValue ?? [] { Terminal.print(key.description) }
      } else {
        Terminal.print(answer["key"]?.description ?? "")
      }
    }
  }

  struct Rotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rotate",
      abstract: "Makes a new key for pillar values; older ones still open what was sealed to them.",
      discussion: """
        Then have each value sealed again (`brine seal --again`; grep -r brine-pillar1.OLDKEY finds them), and forget \
        the old key.
        """)
    @OptionGroup var connection: Connection

    func run() async throws {
      let answer = try await connection.withClient { try await $0.value(.rotatePillarKey) }
      Terminal.print(answer["key"]?.description ?? "")
    }
  }

  struct Forget: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "forget", abstract: "Removes an old key: what is still sealed to it cannot be opened any more.")
    @OptionGroup var connection: Connection
    @Argument(help: "The key's name, as in sealed values and in `brine pillar key --all`.") var key: String

    func run() async throws {
      _ = try await connection.withClient { try await $0.value(.removePillarKey(key)) }
    }
  }
}
