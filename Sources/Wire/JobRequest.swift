import OrderedCollections
public import Value

/// What an operator asks to be run, on whom and under which conditions.
public struct JobRequest: Sendable, Hashable {
  public var target: TargetSpecification
  public var function: String
  public var arguments: [Value]
  public var namedArguments: ValueMap
  /// Seconds that offline minions have to come back; 0 is now or never.
  public var expires: Int64
  /// Seconds that the job may run on a host; 0 is without end.
  public var deadline: Int64
  public var isTest: Bool
  /// Only this many of the matched, chosen at random.
  public var subset: Int64?
  /// At most so many at once, `10` or `25%`; empty is all at once.
  public var batch: String

  public init(
    target: TargetSpecification, function: String, arguments: [Value] = [], namedArguments: ValueMap = [:],
    expires: Int64 = 3600, deadline: Int64 = 21_600, isTest: Bool = false, subset: Int64? = nil, batch: String = ""
  ) {
    self.target = target
    self.function = function
    self.arguments = arguments
    self.namedArguments = namedArguments
    self.expires = expires
    self.deadline = deadline
    self.isTest = isTest
    self.subset = subset
    self.batch = batch
  }

  public var fields: ValueMap {
    [
      "target": target.value, "fun": .string(function), "arg": .list(arguments), "kwarg": .map(namedArguments),
      "expires": .int(expires), "deadline": .int(deadline), "test": .bool(isTest),
      "subset": subset.map(Value.int) ?? .null, "batch": .string(batch),
    ]
  }

  public init(_ fields: FieldReader) throws(WireError) {
    target = try TargetSpecification(fields.value("target"))
    function = try fields.string("fun", maximum: 256)
    arguments = try fields.list("arg")
    namedArguments = try fields.map("kwarg")
    expires = try fields.int("expires")
    deadline = try fields.int("deadline")
    isTest = try fields.bool("test")
    subset = try fields.optionalInt("subset")
    batch = try fields.string("batch", maximum: 32)
    guard (0...31_536_000).contains(expires) else { throw WireError(.badField, "'expires' is 0 s to a year") }
    guard (0...31_536_000).contains(deadline) else { throw WireError(.badField, "'deadline' is 0 s to a year") }
  }
}
