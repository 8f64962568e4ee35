import Glibc
import HostSystem
import Identity
public import Value
public import Wire
public import ZeroMQ

/// `brine-minion join`: makes the host's key, asks the master to take it, and writes the configuration that `run` needs.
public struct Joining: Sendable {
  public var configuration: MinionConfiguration
  public var host: String
  public var port: Int
  public var masterKey: CurveKey
  /// Nil waits for an operator to accept.
  public var secret: Secret?
  public var id: MinionID

  public init(
    configuration: MinionConfiguration, host: String, port: Int, masterKey: CurveKey, secret: Secret?, id: MinionID
  ) {
    self.configuration = configuration
    self.host = host
    self.port = port
    self.masterKey = masterKey
    self.secret = secret
    self.id = id
  }

  /// Asks, and on success or waiting writes `minion.key` and `minion.yaml`.
  ///
  /// - Throws: `JoinError`, `HostError` or `ZMQError` with a sentence that says what to do.
  public func run() async throws -> EnrolReply {
    let keys = try MinionKey.loadOrMake(directory: configuration.directory)
    let request = EnrolRequest(
      id: id, invitation: secret?.withBytes { $0 }, version: brineVersion, clock: .now())
    let reply = try await EnrolmentExchange(host: host, port: port, keys: keys, masterKey: masterKey).ask(request)
    guard reply.verdict != .refused else { throw JoinError(.refused, "The master refuses: \(reply.message).") }
    try writeConfiguration(fleetPort: Int(reply.fleetPort))
    return reply
  }

  /// Keeps what the file says otherwise; only the lines of `join` change.
  private func writeConfiguration(fleetPort: Int) throws(HostError) {
    let files = HostFiles()
    let path = "\(configuration.directory)/minion.yaml"
    let mine = ["master", "master_key", "fleet_port", "enrol_port", "id"]
    var lines = files.linesIfPresent(path).filter { line in !mine.contains { line.hasPrefix("\($0):") } }
    lines += [
      "master: \(JSONWriter.compact(.string(host)))", "fleet_port: \(fleetPort)", "enrol_port: \(port)",
      "master_key: \(JSONWriter.compact(.string(masterKey.description)))",
      "id: \(JSONWriter.compact(.string(id.text)))",
    ]
    try files.write(path, text: lines.joined(separator: "\n") + "\n", mode: 0o644)
  }
}
