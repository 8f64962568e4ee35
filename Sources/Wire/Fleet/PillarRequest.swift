import OrderedCollections
public import Value

/// Asks for the minion's own pillar. Which minion that is says the connection, and its grains are those that the master
/// has.
public struct PillarRequest: Sendable, Hashable {
  /// Bytes that the override may take, encoded.
  static let maximumOverride = 1 << 20

  /// The one pillar environment that counts (`pillarenv`); nil for all.
  public var environment: EnvironmentName?
  /// `pillar=` of a call: seen while it is compiled, and merged over the result.
  public var override: ValueMap
  /// The file environment that the caller works in.
  public var saltenv: EnvironmentName?

  public init(environment: EnvironmentName? = nil, override: ValueMap = [:], saltenv: EnvironmentName? = nil) {
    self.environment = environment
    self.override = override
    self.saltenv = saltenv
  }

  var fields: ValueMap {
    [
      "pillarenv": environment.map { .string($0.text) } ?? .null, "override": .map(override),
      "saltenv": saltenv.map { .string($0.text) } ?? .null,
    ]
  }

  init(_ fields: FieldReader) throws(WireError) {
    environment = try fields.optionalEnvironment("pillarenv")
    override = try fields.map("override")
    saltenv = try fields.optionalEnvironment("saltenv")
    guard MessagePackWriter.encode(.map(override)).count <= Self.maximumOverride else {
      throw WireError(.badField, "'override' takes more than \(Self.maximumOverride) bytes")
    }
  }
}
