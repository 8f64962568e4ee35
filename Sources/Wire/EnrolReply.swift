import OrderedCollections
public import Value

/// The master's answer to a host that wants to join.
public struct EnrolReply: WireMessage {
  public enum Verdict: String, Sendable {
    /// The key is accepted: connect to the fleet socket.
    case accepted
    /// An operator has to accept the key.
    case pending
    case refused
  }

  public var verdict: Verdict
  /// A sentence for the person who runs `join`.
  public var message: String
  /// TCP port of the fleet socket.
  public var fleetPort: Int64

  public static let maximumSize = 4096

  public init(_ verdict: Verdict, _ message: String, fleetPort: Int64) {
    self.verdict = verdict
    self.message = message
    self.fleetPort = fleetPort
  }

  public var kind: Int64 { 1 }
  public var fields: ValueMap {
    ["verdict": .string(verdict.rawValue), "message": .string(message), "fleet_port": .int(fleetPort)]
  }

  public init(kind: Int64, fields: FieldReader) throws(WireError) {
    guard kind == 1 else { throw WireError(.unknownKind, "enrolment reply \(kind)") }
    verdict = try fields.choice("verdict", Verdict.self)
    message = try fields.string("message")
    fleetPort = try fields.int("fleet_port")
  }
}
