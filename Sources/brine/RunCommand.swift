import ArgumentParser
import CommandLine
import Configuration
import Functions
import Modules
import Operator
import Targeting
import Value
import Wire

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Runs a function on the hosts of a target.",
    discussion: "Example: brine run -C 'G@os:Debian and not web3' pkg.upgrade libssl3")

  @OptionGroup var connection: Connection
  @OptionGroup(title: "Kinds of target (default: a glob on ids)") var target: TargetOptions
  @Argument(help: "Which hosts.") var hosts: String
  @Argument(help: "The function: `brine docs` lists them.", completion: .list(BuiltInFunctions.registry.names))
  var function: String
  @Argument(help: "Its arguments, by position or as name=value.") var words: [String] = []

  @Option(help: "At most so many hosts at once: 10 or 25%.") var batch: String?
  @Option(help: "Only so many of the matched hosts, chosen at random.") var subset: Int?
  @Option(help: "Seconds to wait for answers; the job goes on after that.") var timeout: Double?
  @Option(help: "How long offline hosts have to come back (1h, 2d; 0 is now or never).") var expires = "1h"
  @Option(help: "How long the job may run on a host (0 is without end).") var deadline = "6h"
  @Flag(name: .customLong("async"), help: "Print the job's id and do not wait.") var isAsync = false
  @Flag(help: "Say what would change, change nothing.") var test = false
  @Flag(name: [.short, .long], help: "Do not ask before more than one host is changed.") var yes = false
  @Option(help: "\(OutputFormat.allCases.map(\.rawValue).joined(separator: ", "))") var out = OutputFormat.folded

  func run() async throws {
    let request = try request()
    let code = try await connection.withClient { client in
      let interruption = Interruption()
      if changesHosts, !test { try await confirm(request, client) }
      let output = JobOutput(format: out, function: function)
      if isAsync { return try await start(request, client) }
      let watch = JobWatch(client: client, output: output, timeout: timeout)
      return try await watch.run(.run(request)) { interruption.began($0) }
    }
    if code != 0 { throw ExitCode(code) }
  }

  private var signature: FunctionSignature? { BuiltInFunctions.registry[function]?.signature }

  /// A function that is not known here is one of the site's: it may do anything.
  private var changesHosts: Bool { signature?.effect != .read && signature?.effect != .inspect }

  private func request() throws -> JobRequest {
    let call = CommandLineWords.arguments(words, for: signature)
    if let signature {
      do { _ = try Arguments(binding: call, to: signature) } catch {
        Terminal.error("brine: \(error)")
        throw ExitCode(2)
      }
    } else if BuiltInFunctions.registry.names.contains(where: {
      $0.hasPrefix(String(function.prefix { $0 != "." }) + ".")
    }) {
      // A module of ours without that function is a mistake; a module that is not ours is the site's.
      do { _ = try BuiltInFunctions.registry.function(named: function) } catch {
        Terminal.error("brine: \(error)")
        throw ExitCode(2)
      }
    }
    guard let expires = DurationText.seconds(expires), let deadline = DurationText.seconds(deadline) else {
      throw ValidationError("--expires and --deadline take spans of time: 90, 30s, 15m, 1h, 2d")
    }
    if let batch {
      do { _ = try BatchSize(parsing: batch) } catch { throw ValidationError("--batch: \(error)") }
    }
    return JobRequest(
      target: target.specification(hosts), function: function, arguments: call.positional,
      namedArguments: call.named, expires: Int64(expires), deadline: Int64(deadline), isTest: test,
      subset: subset.map(Int64.init), batch: batch ?? "")
  }

  /// Shows how many hosts are to be changed; a person at a terminal is asked.
  private func confirm(_ request: JobRequest, _ client: OperatorClient) async throws {
    let answer = try await client.value(.match(request.target))
    let ids = answer["minions"]?.listValue?.map(\.description) ?? []
    let count = min(ids.count, subset ?? ids.count)
    guard count > 1 else { return }
    Terminal.error(
      "\(function) on \(count) hosts: \(count == ids.count ? HostSet(ids).description : "of \(HostSet(ids))")")
    guard !yes, Terminal.isInputTerminal, Terminal.isErrorTerminal else { return }
    Terminal.write("Go on? [y/N] ", to: 2)
    guard let line = Terminal.readLine(), ["y", "yes"].contains(line.lowercased()) else {
      Terminal.error("Nothing was done.")
      throw ExitCode(2)
    }
  }

  private func start(_ request: JobRequest, _ client: OperatorClient) async throws -> Int32 {
    for try await reply in client.stream(.run(request)) {
      guard case .part(let part) = reply, let job = part["job"]?.stringValue else { continue }
      Terminal.print(job)
      return 0
    }
    return 6
  }
}

extension OutputFormat: ExpressibleByArgument {}
