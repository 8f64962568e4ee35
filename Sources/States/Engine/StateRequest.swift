public import OrderedCollections
public import Value

/// What a call of `state.*` asks for beside its SLS.
public struct StateRequest: Sendable {
  /// `test=`: true or false as given; nil to go by the job and the configuration.
  public var isTest: Bool?
  /// `pillar=`, merged over the host's pillar.
  public var pillar: ValueMap
  /// `exclude=`: names of SLS, and maps `{id: …}` and `{sls: …}`.
  public var exclude: [Value]
  /// `saltenv=`.
  public var environment: String?
  /// `pillarenv=`.
  public var pillarEnvironment: String?
  /// `whitelist=`: the only SLS of the top file that count; empty for all.
  public var whitelist: [String] = []
  /// `terse=`: leave out states that are as they should be.
  public var isTerse = false
  /// `force=`: run though the pillar has errors.
  public var isForced = false
  /// `queue=False`: give up rather than wait for another run.
  public var isWaiting = true
  /// `concurrent=True`: run beside another run.
  public var isConcurrent = false

  public init(
    isTest: Bool? = nil, pillar: ValueMap = [:], exclude: [Value] = [], environment: String? = nil,
    pillarEnvironment: String? = nil
  ) {
    self.isTest = isTest
    self.pillar = pillar
    self.exclude = exclude
    self.environment = environment
    self.pillarEnvironment = pillarEnvironment
  }
}
