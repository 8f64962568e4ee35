import OrderedCollections
public import Value

/// How a job ended on a minion, with what it returned.
public struct JobResult: Sendable, Hashable {
  public var id: JobID
  public var outcome: JobOutcome
  /// What the function returned, MessagePack; nil when there is nothing. The master keeps it as it came.
  public var encodedValue: [UInt8]?
  /// Why it failed, was refused or interrupted: sentences for a person.
  public var error: String?
  /// Salt's retcode: 0 for success.
  public var exitCode: Int64
  /// When it started and ended by the minion's clock; equal when it never started.
  public var started: Moment
  public var ended: Moment

  /// Bytes of an error's text that a reader takes.
  static let maximumError = 65_536

  /// The beginning of a text that is as long as an error may be. A result with a longer one would be refused for ever.
  public static func readableError(_ text: String) -> String {
    guard text.utf8.count > maximumError else { return text }
    var scalars = String.UnicodeScalarView()
    var count = 0
    for scalar in text.unicodeScalars {
      count += UTF8.width(scalar)
      guard count <= maximumError else { break }
      scalars.append(scalar)
    }
    return String(scalars)
  }

  public init(
    id: JobID, outcome: JobOutcome, encodedValue: [UInt8]? = nil, error: String? = nil, exitCode: Int64 = 0,
    started: Moment, ended: Moment
  ) {
    self.id = id
    self.outcome = outcome
    self.encodedValue = encodedValue
    self.error = error
    self.exitCode = exitCode
    self.started = started
    self.ended = ended
  }

  public var fields: ValueMap {
    [
      "job": .string(id.text), "outcome": .string(outcome.rawValue), "value": encodedValue.map(Value.bytes) ?? .null,
      "error": error.map(Value.string) ?? .null, "exit": .int(exitCode), "started": .int(started.microseconds),
      "ended": .int(ended.microseconds),
    ]
  }

  public init(_ fields: FieldReader) throws(WireError) {
    id = try fields.jobID("job")
    outcome = try fields.choice("outcome", JobOutcome.self)
    encodedValue = try fields.optionalBytes("value")
    error = try fields.optionalString("error", maximum: Self.maximumError)
    exitCode = try fields.int("exit")
    started = Moment(microseconds: try fields.int("started"))
    ended = Moment(microseconds: try fields.int("ended"))
  }
}
