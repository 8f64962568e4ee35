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

  public static let maximumSize = 64 << 20

  public init(number: Int64, _ body: Body) {
    self.number = number
    self.body = body
  }

  public var kind: Int64 {
    switch body {
    case .value: 1
    case .part: 2
    case .refused: 3
    }
  }

  public var fields: ValueMap {
    switch body {
    case .value(let value), .part(let value): ["number": .int(number), "value": value]
    case .refused(let refusal):
      ["number": .int(number), "code": .string(refusal.code.rawValue), "message": .string(refusal.message)]
    }
  }

  public init(kind: Int64, fields: FieldReader) throws(WireError) {
    number = try fields.int("number")
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
