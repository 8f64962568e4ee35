import HostSystem
public import ZeroMQ

/// Where a joined host's master listens, and the keys of both.
public struct FleetAddress: Sendable {
  public var endpoint: String
  public var keys: CurveKeyPair
  public var masterKey: CurveKey

  public init(endpoint: String, keys: CurveKeyPair, masterKey: CurveKey) {
    self.endpoint = endpoint
    self.keys = keys
    self.masterKey = masterKey
  }

  /// - Throws: `JoinError` when the host has not joined, `HostError` when its key cannot be read.
  public init(_ configuration: MinionConfiguration) throws {
    guard !configuration.master.isEmpty, let masterKey = CurveKey(configuration.masterKey) else {
      throw JoinError(
        .notJoined,
        "This host has not joined a master: run `brine-minion join tcp://MASTER:4511 INVITATION` (the invitation comes from `brine keys invite` on the master)."
      )
    }
    let host = configuration.master
    self.init(
      endpoint: "tcp://\(host.contains(":") ? "[\(host)]" : host):\(configuration.fleetPort)",
      keys: try MinionKey.load(directory: configuration.directory), masterKey: masterKey)
  }
}
