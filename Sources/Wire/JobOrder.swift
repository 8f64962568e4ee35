import OrderedCollections
public import Value

/// What a minion is told to run.
public struct JobOrder: Sendable, Hashable {
  public var id: JobID
  public var function: String
  public var arguments: [Value]
  public var namedArguments: ValueMap
  /// Who asked, for the host's own log.
  public var operatorName: String
  /// Not to be started after this.
  public var expires: Moment
  /// Seconds that it may run; 0 is without end.
  public var deadline: Int64
  public var isTest: Bool
  /// X25519 public keys that new secrets are sealed to, by operator name.
  public var sealingKeys: ValueMap

  public init(
    id: JobID, function: String, arguments: [Value] = [], namedArguments: ValueMap = [:], operatorName: String = "",
    expires: Moment, deadline: Int64 = 0, isTest: Bool = false, sealingKeys: ValueMap = [:]
  ) {
    self.id = id
    self.function = function
    self.arguments = arguments
    self.namedArguments = namedArguments
    self.operatorName = operatorName
    self.expires = expires
    self.deadline = deadline
    self.isTest = isTest
    self.sealingKeys = sealingKeys
  }

  public var fields: ValueMap {
    [
      "job": .string(id.text), "fun": .string(function), "arg": .list(arguments), "kwarg": .map(namedArguments),
      "user": .string(operatorName), "expires": .int(expires.microseconds), "deadline": .int(deadline),
      "test": .bool(isTest), "seal": .map(sealingKeys),
    ]
  }

  public init(_ fields: FieldReader) throws(WireError) {
    id = try fields.jobID("job")
    function = try fields.string("fun", maximum: 256)
    arguments = try fields.list("arg")
    namedArguments = try fields.map("kwarg")
    operatorName = try fields.string("user", maximum: 256)
    expires = Moment(microseconds: try fields.int("expires"))
    deadline = try fields.int("deadline")
    isTest = try fields.bool("test")
    sealingKeys = try fields.map("seal")
  }
}
