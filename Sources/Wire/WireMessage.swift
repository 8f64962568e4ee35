import OrderedCollections
public import Value

/// A message between two programs of Brine: MessagePack `[version, kind, fields]`.
///
/// Fields that a reader does not know are ignored, so newer programs may add some; a kind that it does not know is
/// refused. Bytes are bounded in size, depth and count before anything is allocated for them.
public protocol WireMessage: Sendable {
  /// Largest encoding that is read, in bytes.
  static var maximumSize: Int { get }
  /// The kind's number on the wire; never reused for something else.
  var kind: Int64 { get }
  var fields: ValueMap { get }
  init(kind: Int64, fields: FieldReader) throws(WireError)
}

/// The version of the wire format that this program speaks.
public let wireVersion: Int64 = 1

extension WireMessage {
  public func encoded() -> [UInt8] {
    MessagePackWriter.encode(.list([.int(wireVersion), .int(kind), .map(fields)]))
  }

  /// Reads a message.
  ///
  /// - Throws: `WireError`, for whatever is not exactly one well-formed message of this type.
  public init(decoding bytes: [UInt8]) throws(WireError) {
    guard bytes.count <= Self.maximumSize else {
      throw WireError(.malformed, "\(bytes.count) bytes, over the limit of \(Self.maximumSize)")
    }
    let value: Value
    do {
      var limits = ValueLimits()
      limits.depth = 40
      limits.bytes = Self.maximumSize
      value = try MessagePackReader.decode(bytes, limits: limits)
    } catch { throw WireError(.malformed, "\(error)") }
    guard case .list(let parts) = value, parts.count >= 3, let version = parts[0].intValue,
      let kind = parts[1].intValue, case .map(let fields) = parts[2]
    else { throw WireError(.malformed, "not [version, kind, fields]") }
    guard version == wireVersion else {
      throw WireError(.unknownVersion, "it speaks version \(version) of the protocol, this program \(wireVersion)")
    }
    try self.init(kind: kind, fields: FieldReader(fields))
  }
}
