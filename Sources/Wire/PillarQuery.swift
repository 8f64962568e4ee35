import OrderedCollections
import Value

/// An operator asks for the pillar of one minion.
public struct PillarQuery: Sendable, Hashable {
  public var minion: MinionID
  /// Paths (`a:b:c`); empty for all.
  public var keys: [String]
  /// The one pillar environment that counts; nil for all.
  public var environment: EnvironmentName?
  /// Whether decrypted values are to be seen; they are `**********` otherwise.
  public var opensSecrets: Bool

  public init(minion: MinionID, keys: [String] = [], environment: EnvironmentName? = nil, opensSecrets: Bool = false) {
    self.minion = minion
    self.keys = keys
    self.environment = environment
    self.opensSecrets = opensSecrets
  }

  var fields: ValueMap {
    [
      "minion": .string(minion.text), "keys": .strings(keys),
      "pillarenv": environment.map { .string($0.text) } ?? .null, "secrets": .bool(opensSecrets),
    ]
  }

  init(_ fields: FieldReader) throws(WireError) {
    minion = try fields.minionID("minion")
    keys = try fields.strings("keys")
    environment = try fields.optionalEnvironment("pillarenv")
    opensSecrets = try fields.bool("secrets")
  }
}
