import ArgumentParser
import CommandLine
import Identity
import Operator
import OrderedCollections
import Sealing
import Value
import Wire

struct SecretsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "secrets", abstract: "Reads secrets that hosts have sealed to this operator.",
    subcommands: [Open.self, Key.self])

  struct Open: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "open", abstract: "Opens the sealed secrets in a job's results.",
      discussion: "With '-' the sealed text is read from standard input.")
    @OptionGroup var connection: Connection
    @Argument(help: "A job's id, or '-'.") var source: String
    @Option(help: "Only of this host.") var minion: String?

    func run() async throws {
      let identity = try connection.identity()
      if source == "-" {
        guard let text = Terminal.readLine() else { throw ValidationError("there is nothing on standard input") }
        return try show(try SealedSecret.open(text, privateKey: identity.sealingKey), label: nil)
      }
      guard let job = JobID(source) else { throw ValidationError("'\(source)' is no job id") }
      let output = JobOutput(format: .quiet)
      try await connection.withClient { client in
        for try await reply in client.stream(.jobResults(job)) {
          if case .part(let part) = reply { output.take(part) }
        }
      }
      var count = 0
      for outcome in output.all where minion == nil || minion == outcome.id {
        for text in sealed(outcome.value ?? .null, for: identity.name) {
          do {
            try show(try SealedSecret.open(text, privateKey: identity.sealingKey), label: outcome.id)
            count += 1
          } catch { Terminal.error("brine: \(outcome.id): \(error)") }
        }
      }
      guard count > 0 else {
        Terminal.error("brine: there is nothing in this job's results that is sealed to \(identity.name)")
        throw ExitCode(1)
      }
    }

    /// Texts under `sealed: {NAME: TEXT}`, at any depth of a return.
    private func sealed(_ value: Value, for name: String) -> [String] {
      switch value {
      case .map(let map):
        map.flatMap { key, inner -> [String] in
          if key == "sealed", let text = inner[name]?.stringValue { return [text] }
          return sealed(inner, for: name)
        }
      case .list(let items): items.flatMap { sealed($0, for: name) }
      default: []
      }
    }

    /// The one place where a secret is printed: it was asked for.
    private func show(_ secret: Secret, label: String?) throws {
      secret.withBytes { bytes in
        Terminal.print((label.map { "\($0): " } ?? "") + TerminalText.line(String(decoding: bytes, as: UTF8.self)))
      }
    }
  }

  struct Key: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "key", abstract: "Prints this operator's public word, for `brine operators add`.")
    @OptionGroup var connection: Connection
    func run() async throws { Terminal.print(OperatorWord(try connection.identity()).text) }
  }
}
