import CommandLine
import Glibc
import HostSystem
import Wire

@main
enum BrineMinion {
  static let program = ProgramSpecification(
    "brine-minion", "Runs jobs of a Brine master on this host.", version: brineVersion,
    commands: [
      RunCommand.specification, JoinCommand.specification, CallCommand.specification, WorkerCommand.specification,
    ])

  static func main() async {
    StandardDescriptors.fill()
    signal(SIGPIPE, SIG_IGN)
    CoreDumps.forbid()
    do {
      let words = ProgramArguments.normalized(Array(Swift.CommandLine.arguments.dropFirst()))
      switch try program.parse(words) {
      case .show(let text): Terminal.write(text.hasSuffix("\n") ? text : text + "\n")
      case .run(let arguments): try await run(arguments)
      }
    } catch let status as ExitStatus {
      exit(status.code)
    } catch {
      Terminal.error("\(error)")
      exit(error is UsageError ? 2 : 1)
    }
  }

  private static func run(_ arguments: ParsedArguments) async throws {
    switch arguments.command {
    case RunCommand.specification.name: try await RunCommand(arguments).run()
    case JoinCommand.specification.name: try await JoinCommand(arguments).run()
    case CallCommand.specification.name: try await CallCommand(arguments).run()
    default: try await WorkerCommand(arguments).run()
    }
  }
}
