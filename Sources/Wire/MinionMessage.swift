import OrderedCollections
public import Value

/// What a minion may say to its master. Who says it is the connection's User-Id, never a field.
public enum MinionMessage: WireMessage {
  /// First words of a session.
  case hello(MinionHello)
  case heartbeat
  case grains(ValueMap)
  /// The job is in the minion's journal: it will run, or its end will be told.
  case accepted(JobID)
  case started(JobID)
  case progress(JobID, String)
  case result(JobResult)
  /// The minion stops; what it runs goes on.
  case goodbye
  /// A question of one of the minion's processes, answered to the connection it came over; it needs no hello. The id
  /// is the process's own. The tickets are those of replies that it has read since it last said so.
  case request(id: Int64, tickets: [Int64], FleetRequest)
  /// Tickets of replies that were read, when there is nothing else to ask.
  case read([Int64])

  public static let maximumSize = 16 << 20

  public var kind: Int64 {
    switch self {
    case .hello: 1
    case .heartbeat: 2
    case .grains: 3
    case .accepted: 4
    case .started: 5
    case .progress: 6
    case .result: 7
    case .goodbye: 8
    case .request: 9
    case .read: 10
    }
  }

  public var fields: ValueMap {
    switch self {
    case .hello(let hello): hello.fields
    case .heartbeat, .goodbye: [:]
    case .grains(let grains): ["grains": .map(grains)]
    case .accepted(let job), .started(let job): ["job": .string(job.text)]
    case .progress(let job, let text): ["job": .string(job.text), "text": .string(text)]
    case .result(let result): result.fields
    case .request(let id, let tickets, let request): request.fields(id: id, tickets: tickets)
    case .read(let tickets): ["tickets": .list(tickets.map(Value.int))]
    }
  }

  public init(kind: Int64, fields: FieldReader) throws(WireError) {
    switch kind {
    case 1: self = .hello(try MinionHello(fields))
    case 2: self = .heartbeat
    case 3: self = .grains(try fields.map("grains"))
    case 4: self = .accepted(try fields.jobID("job"))
    case 5: self = .started(try fields.jobID("job"))
    case 6: self = .progress(try fields.jobID("job"), try fields.string("text"))
    case 7: self = .result(try JobResult(fields))
    case 8: self = .goodbye
    case 9:
      self = .request(id: try fields.int("id"), tickets: try fields.tickets("tickets"), try FleetRequest(fields))
    case 10: self = .read(try fields.tickets("tickets"))
    default: throw WireError(.unknownKind, "minion message \(kind)")
    }
  }
}
