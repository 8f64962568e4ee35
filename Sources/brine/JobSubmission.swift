import ArgumentParser
import CommandLine
import Functions
import Modules
import Operator
import Targeting
import Value
import Wire

/// Sends one job to the hosts of a target and shows what becomes of it.
struct JobSubmission {
  let connection: Connection
  let target: TargetSpecification
  let function: String
  let call: CallArguments
  let options: JobOptions

  /// Ends with the exit code of the job.
  func run() async throws {
    let request = try request()
    let code = try await connection.withClient { client in
      let interruption = Interruption()
      if changesHosts, !options.test { try await confirm(request, client) }
      let output = JobOutput(format: options.shown.out, function: function, states: options.shown.states)
      if options.isAsync { return try await start(request, client) }
      let watch = JobWatch(client: client, output: output, timeout: options.timeout)
      return try await watch.run(.run(request)) { interruption.began($0) }
    }
    if code != 0 { throw ExitCode(code) }
  }

  private var signature: FunctionSignature? { BuiltInFunctions.registry[function]?.signature }

  /// A function that is not known here is one of the site's: it may do anything.
  private var changesHosts: Bool { signature?.effect != .read && signature?.effect != .inspect }

  private func request() throws -> JobRequest {
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
    let (expires, deadline) = try options.spans()
    return JobRequest(
      target: target, function: function, arguments: call.positional, namedArguments: call.named, expires: expires,
      deadline: deadline, isTest: options.test, subset: options.subset.map(Int64.init), batch: options.batch ?? "")
  }

  /// Shows how many hosts are to be changed; a person at a terminal is asked.
  private func confirm(_ request: JobRequest, _ client: OperatorClient) async throws {
    let answer = try await client.value(.match(request.target))
    let ids = answer["minions"]?.listValue?.map(\.description) ?? []
    let count = min(ids.count, options.subset ?? ids.count)
    guard count > 1 else { return }
    Terminal.error(
      "\(function) on \(count) hosts: \(count == ids.count ? HostSet(ids).description : "of \(HostSet(ids))")")
    guard !options.yes, Terminal.isInputTerminal, Terminal.isErrorTerminal else { return }
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
