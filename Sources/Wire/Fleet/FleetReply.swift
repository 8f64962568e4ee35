import OrderedCollections
public import Value

/// What the master answers to a `FleetRequest`.
public enum FleetReply: Sendable, Hashable {
  case environments([EnvironmentName])
  case listing(FileListing)
  case file(FileDescription)
  /// No root of the environment has the file.
  case absent
  case chunk([UInt8])
  /// A pillar, and what was encrypted of it, so that the minion keeps it out of its results.
  case pillar(ValueMap, secrets: [String] = [])
  /// The event was published.
  case done
  case refused(FleetRefusal)

  private enum Name: String { case environments, listing, file, absent, chunk, pillar, done, refused }

  private var name: Name {
    switch self {
    case .environments: .environments
    case .listing: .listing
    case .file: .file
    case .absent: .absent
    case .chunk: .chunk
    case .pillar: .pillar
    case .done: .done
    case .refused: .refused
    }
  }

  func fields(id: Int64, ticket: Int64?) -> ValueMap {
    var fields: ValueMap =
      switch self {
      case .environments(let names): ["names": .strings(names.map(\.text))]
      case .listing(let listing): listing.fields
      case .file(let file): file.fields
      case .absent, .done: [:]
      case .chunk(let bytes): ["bytes": .bytes(bytes)]
      case .pillar(let pillar, let secrets): ["pillar": .map(pillar), "secrets": .strings(secrets)]
      case .refused(let refusal): refusal.fields
      }
    fields["is"] = .string(name.rawValue)
    fields["id"] = .int(id)
    fields["ticket"] = ticket.map(Value.int) ?? .null
    return fields
  }

  public init(_ fields: FieldReader) throws(WireError) {
    switch try fields.choice("is", Name.self) {
    case .environments: self = .environments(try fields.strings("names").compactMap { EnvironmentName($0) })
    case .listing: self = .listing(try FileListing(fields))
    case .file: self = .file(try FileDescription(fields))
    case .absent: self = .absent
    case .chunk: self = .chunk(try fields.bytes("bytes"))
    case .pillar: self = .pillar(try fields.map("pillar"), secrets: try fields.strings("secrets"))
    case .done: self = .done
    case .refused: self = .refused(try FleetRefusal(fields))
    }
  }
}
