import OrderedCollections
public import Value

/// The one thing that may be said on the enrolment socket. The key that asks is the connection's own.
public struct EnrolRequest: WireMessage {
  /// The id that the host wants to be known by.
  public var id: MinionID
  /// The invitation's secret; nil waits for an operator to accept.
  public var invitation: [UInt8]?
  public var version: String
  public var clock: Moment

  public static let maximumSize = 2048

  public init(id: MinionID, invitation: [UInt8]?, version: String, clock: Moment) {
    self.id = id
    self.invitation = invitation
    self.version = version
    self.clock = clock
  }

  public var kind: Int64 { 1 }
  public var fields: ValueMap {
    [
      "id": .string(id.text), "invitation": invitation.map(Value.bytes) ?? .null, "version": .string(version),
      "clock": .int(clock.microseconds),
    ]
  }

  public init(kind: Int64, fields: FieldReader) throws(WireError) {
    guard kind == 1 else { throw WireError(.unknownKind, "enrolment message \(kind)") }
    id = try fields.minionID("id")
    invitation = try fields.optionalBytes("invitation")
    version = try fields.string("version", maximum: 64)
    clock = Moment(microseconds: try fields.int("clock"))
  }
}
