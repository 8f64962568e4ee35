import ArgumentParser
import CommandLine
import Configuration
import Glibc
import HostSystem
import Identity
import Operator
import Value
import Wire

/// Where the operator's key is, and the way from an error to a sentence and an exit code.
struct Connection: ParsableArguments {
  @Option(
    name: [.customShort("c"), .customLong("config")],
    help: "Directory of operator.key (and of master.yaml for `brine master`).")
  var directory: String?

  /// The directory asked for, else the environment's, else the user's own key, else the system's.
  var resolvedDirectory: String {
    let chosen = directory ?? environment("BRINE_CONFIG") ?? userDirectory ?? "/etc/brine"
    return chosen.hasPrefix("/") ? chosen : "\(HostFiles().linkTarget("/proc/self/cwd") ?? "")/\(chosen)"
  }

  /// Where a new key goes: the directory asked for, else the user's own.
  var keyDirectory: String {
    guard directory == nil, environment("BRINE_CONFIG") == nil, let home = environment("HOME") else {
      return resolvedDirectory
    }
    return "\(home)/.config/brine"
  }

  private var userDirectory: String? {
    guard let home = environment("HOME") else { return nil }
    let path = "\(home)/.config/brine"
    return HostFiles().exists("\(path)/operator.key") ? path : nil
  }

  private func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  func identity() throws -> OperatorIdentity {
    do { return try OperatorIdentity.load("\(resolvedDirectory)/operator.key") } catch {
      Terminal.error(
        """
        brine: \(error)
        On the master, `brine master` makes root's key when it first starts; elsewhere make one with \
        `brine operators keygen`. --config names another directory.
        """)
      throw ExitCode(2)
    }
  }

  /// Runs with a client; errors become sentences and exit codes.
  func withClient<Result>(_ body: (OperatorClient) async throws -> Result) async throws -> Result {
    let client = OperatorClient(identity: try identity())
    defer { client.close() }
    do { return try await body(client) } catch let refusal as OperatorRefusal {
      Terminal.error("brine: \(refusal)")
      throw ExitCode(refusal.exitCode)
    } catch let error as UnreachableError {
      Terminal.error("brine: \(error)")
      throw ExitCode(6)
    } catch let error as ConfigurationError {
      Terminal.error("brine: \(error)")
      throw ExitCode(2)
    }
  }
}
