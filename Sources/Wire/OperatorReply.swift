import OrderedCollections
public import Value

/// The master's answer to an operator's request.
public struct OperatorReply: WireMessage {
  public enum Body: Sendable, Hashable {
    /// The whole answer, or the last part of a stream.
    case value(Value)
    /// A part of a stream; more follow.
    case part(Value)
    case refused(OperatorRefusal)
  }

  public var number: Int64
  public var body: Body
  /// Given back with `OperatorRequest.Action.read` once it was read; nil for none.
  public var ticket: Int64?

  public static let maximumSize = 64 << 20

  public init(number: Int64, _ body: Body, ticket: Int64? = nil) {
    self.number = number
    self.body = body
    self.ticket = ticket
  }

  public var kind: Int64 {
    switch body {
    case .value: 1
    case .part: 2
    case .refused: 3
    }
  }

  public var fields: ValueMap {
    var fields: ValueMap = ["number": .int(number)]
    if let ticket { fields["ticket"] = .int(ticket) }
    switch body {
    case .value(let value), .part(let value): fields["value"] = value
    case .refused(let refusal):
      fields["code"] = .string(refusal.code.rawValue)
      fields["message"] = .string(refusal.message)
    }
    return fields
  }

  public init(kind: Int64, fields: FieldReader) throws(WireError) {
    number = try fields.int("number")
    ticket = try fields.optionalInt("ticket")
    body =
      switch kind {
      case 1: .value(fields.value("value"))
      case 2: .part(fields.value("value"))
      case 3:
        .refused(
          OperatorRefusal(
            try fields.choice("code", OperatorRefusal.Code.self), try fields.string("message", maximum: 65_536)))
      default: throw WireError(.unknownKind, "operator reply \(kind)")
      }
  }
}
