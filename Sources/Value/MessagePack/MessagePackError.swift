/// Why bytes are not the message that was expected.
public enum MessagePackError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The message ends within a value, or claims more elements than it has bytes.
  case truncated
  /// Bytes follow the value.
  case trailingBytes(Int)
  /// Longer, deeper or with more values than the limits allow.
  case beyondLimits(String)
  /// Another kind of value stands here.
  case unexpected(expected: String, found: String)
  /// An extension type, or the byte that MessagePack never uses.
  case unsupported(UInt8)
  /// A string that must be text is not valid UTF-8.
  case notText
  /// An integer that does not fit 64 bits with a sign.
  case integerOverflow

  public var description: String {
    switch self {
    case .truncated: "the message ends too early"
    case .trailingBytes(let count): "\(count) bytes follow the message"
    case .beyondLimits(let what): "the message has \(what)"
    case .unexpected(let expected, let found): "expected \(expected), found \(found)"
    case .unsupported(let byte): "the message has an unsupported type, 0x\(String(byte, radix: 16))"
    case .notText: "a string is not valid UTF-8"
    case .integerOverflow: "an integer does not fit 64 bits"
    }
  }
}
