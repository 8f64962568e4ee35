import ArgumentParser
import HostSystem
import Identity
import ZeroMQ

/// The master's configuration directory, and where the simulated fleet keeps its things below it.
struct BenchDirectory: ParsableArguments {
  @Option(name: .customLong("config"), help: "The master's configuration directory; a throw-away one.")
  var path: String

  var state: String { "\(path)/state" }
  var simulation: String { "\(path)/sim" }
  var keys: String { "\(simulation)/keys" }
  func statistics(slice: Int) -> String { "\(simulation)/statistics-\(slice).json" }

  /// The key that the master made at its first start.
  func masterKey() throws -> CurveKey {
    let file = "\(path)/master.pub"
    guard let line = HostFiles().firstLine(file), let key = CurveKey(line) else {
      throw ValidationError("\(file) holds no key: start the master on this directory first")
    }
    return key
  }

  func operatorIdentity() throws -> OperatorIdentity { try OperatorIdentity.load("\(path)/operator.key") }
}
