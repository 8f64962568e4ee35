/// Why bytes are not the message that was expected.
public enum MessagePackError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The message ends within a value, or claims more elements than it has bytes.
  case truncated
  /// Bytes follow the value.
  case trailingBytes(Int)
  /// Longer, deeper or with more values than the limits allow.
  case beyondLimits(String)
  /// An extension type, or the byte that MessagePack never uses.
  case unsupported(UInt8)

  public var description: String {
    switch self {
    case .truncated: "the message ends too early"
    case .trailingBytes(let count): "\(count) bytes follow the message"
    case .beyondLimits(let what): "the message has \(what)"
    case .unsupported(let byte): "the message has an unsupported type, 0x\(String(byte, radix: 16))"
    }
  }
}
