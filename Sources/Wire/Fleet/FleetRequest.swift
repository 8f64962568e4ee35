import OrderedCollections
import Value

/// What a process of an accepted minion may ask its master for, over a connection of its own.
public enum FleetRequest: Sendable, Hashable {
  /// The names of the file environments.
  case environments
  case list(FileListRequest)
  case find(FileFindRequest)
  case chunk(FileChunkRequest)
  case pillar(PillarRequest)
  case event(FleetEvent)

  private enum Name: String { case environments, list, find, chunk, pillar, event }

  private var name: Name {
    switch self {
    case .environments: .environments
    case .list: .list
    case .find: .find
    case .chunk: .chunk
    case .pillar: .pillar
    case .event: .event
    }
  }

  func fields(id: Int64, tickets: [Int64]) -> ValueMap {
    var fields: ValueMap =
      switch self {
      case .environments: [:]
      case .list(let request): request.fields
      case .find(let request): request.fields
      case .chunk(let request): request.fields
      case .pillar(let request): request.fields
      case .event(let event): event.fields
      }
    fields["ask"] = .string(name.rawValue)
    fields["id"] = .int(id)
    fields["tickets"] = .list(tickets.map(Value.int))
    return fields
  }

  public init(_ fields: FieldReader) throws(WireError) {
    switch try fields.choice("ask", Name.self) {
    case .environments: self = .environments
    case .list: self = .list(try FileListRequest(fields))
    case .find: self = .find(try FileFindRequest(fields))
    case .chunk: self = .chunk(try FileChunkRequest(fields))
    case .pillar: self = .pillar(try PillarRequest(fields))
    case .event: self = .event(try FleetEvent(fields))
    }
  }

  /// The most bytes that its answer may take: what is set aside for it before it is asked for.
  public var largestReply: Int {
    switch self {
    case .environments, .event: 16 << 10
    case .list: FileListing.maximumBytes
    case .find: FileFindRequest.inlineLimit
    case .chunk(let request): Int(request.length)
    case .pillar: 256 << 10
    }
  }
}
