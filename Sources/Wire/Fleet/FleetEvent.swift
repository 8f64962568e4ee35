import OrderedCollections
public import Value

/// Something a minion tells to whoever listens to the master's events.
public struct FleetEvent: Sendable, Hashable {
  /// Bytes that the data may take, encoded.
  public static let maximumData = 64 << 10

  public var tag: EventTag
  public var data: Value

  public init(tag: EventTag, data: Value) {
    self.tag = tag
    self.data = data
  }

  var fields: ValueMap { ["tag": .string(tag.text), "data": data] }

  init(_ fields: FieldReader) throws(WireError) {
    let text = try fields.string("tag")
    guard let tag = EventTag(text) else { throw WireError(.badField, "'tag' is not a tag") }
    self.tag = tag
    data = fields.value("data")
    guard MessagePackWriter.encode(data).count <= Self.maximumData else {
      throw WireError(.badField, "'data' takes more than \(Self.maximumData) bytes")
    }
  }
}
