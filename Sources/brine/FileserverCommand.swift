import ArgumentParser
import CommandLine
import Operator
import OrderedCollections
import Value
import Wire

struct FileserverCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fileserver",
    abstract: "Shows what the master's file server serves, and has it look at its git repositories.",
    subcommands: [Update.self, Environments.self, Files.self, Directories.self])

  struct Update: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "update", abstract: "Fetches the git repositories of files and of pillar now.",
      discussion: "Exit code 1 when one of them cannot be had. The role's functions must cover `fileserver.update`.")
    @OptionGroup var connection: Connection
    @Argument(help: "git or git_pillar; both when it is left out.") var backend: String?

    func run() async throws {
      guard let chosen = FileServerQuery.Backend(rawValue: backend ?? "all") else {
        throw ValidationError("'\(backend ?? "")' is no backend that is updated; there are git and git_pillar")
      }
      let answer = try await connection.withClient { try await $0.value(.fileServer(.update(chosen))) }
      let problems = answer["problems"]?.mapValue ?? [:]
      for (address, problem) in problems {
        Terminal.error("brine: \(TerminalText.block("\(address): \(problem)"))")
      }
      guard problems.isEmpty else { throw ExitCode(1) }
    }
  }

  struct Environments: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "envs", abstract: "Lists the environments.")
    @OptionGroup var connection: Connection

    func run() async throws {
      let answer = try await connection.withClient { try await $0.value(.fileServer(.environments)) }
      for name in answer["environments"]?.listValue ?? [] { Terminal.print(name.description) }
    }
  }

  struct Files: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "files", abstract: "Lists the files of an environment, those of git too.")
    @OptionGroup var connection: Connection
    @OptionGroup var place: Place

    func run() async throws { try await place.show(.files, connection) }
  }

  struct Directories: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "dirs", abstract: "Lists the directories of an environment.")
    @OptionGroup var connection: Connection
    @OptionGroup var place: Place

    func run() async throws { try await place.show(.directories, connection) }
  }

  struct Place: ParsableArguments {
    @Argument(help: "Only below this directory.") var directory: String?
    @Option(name: .customLong("saltenv"), help: "The environment.") var environment = "base"

    func show(_ kind: FileKind, _ connection: Connection) async throws {
      guard let environment = EnvironmentName(environment) else {
        throw ValidationError("'\(environment)' is no environment's name")
      }
      let below = try directory.map { text in
        let plain = text.split(separator: "/").joined(separator: "/")
        guard let path = FilePath(plain) else { throw ValidationError("'\(text)' is no path below a root") }
        return path
      }
      try await connection.withClient { client in
        for try await reply in client.stream(.fileServer(.list(kind, environment, below: below))) {
          guard case .part(let part) = reply else { continue }
          for path in part["paths"]?.listValue ?? [] { Terminal.print(TerminalText.line(path.description)) }
        }
      }
    }
  }
}
