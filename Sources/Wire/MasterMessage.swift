import OrderedCollections
public import Value

/// What the master says to a minion.
public enum MasterMessage: WireMessage {
  /// Answer to hello: the id this key is known by, seconds between heartbeats, and whether grains are wanted.
  case welcome(id: MinionID, heartbeat: Int64, wantsGrains: Bool, clock: Moment)
  /// "I do not know this session": say hello again.
  case rejoin
  case heartbeat
  case job(JobOrder)
  /// These results are committed: their spool files may go.
  case acknowledge([JobID])
  case cancel(JobID)
  case refreshGrains
  /// The key is not accepted any more.
  case revoked(String)
  /// The answer to a request. Its ticket is to be given back once it is read: so the master knows what is still on its
  /// way to a minion.
  case reply(id: Int64, ticket: Int64?, FleetReply)

  public static let maximumSize = 16 << 20

  public var kind: Int64 {
    switch self {
    case .welcome: 1
    case .rejoin: 2
    case .heartbeat: 3
    case .job: 4
    case .acknowledge: 5
    case .cancel: 6
    case .refreshGrains: 7
    case .revoked: 8
    case .reply: 9
    }
  }

  public var fields: ValueMap {
    switch self {
    case .welcome(let id, let heartbeat, let wantsGrains, let clock):
      [
        "id": .string(id.text), "heartbeat": .int(heartbeat), "wants_grains": .bool(wantsGrains),
        "clock": .int(clock.microseconds),
      ]
    case .rejoin, .heartbeat, .refreshGrains: [:]
    case .job(let order): order.fields
    case .acknowledge(let jobs): ["jobs": .strings(jobs.map(\.text))]
    case .cancel(let job): ["job": .string(job.text)]
    case .revoked(let reason): ["reason": .string(reason)]
    case .reply(let id, let ticket, let reply): reply.fields(id: id, ticket: ticket)
    }
  }

  public init(kind: Int64, fields: FieldReader) throws(WireError) {
    switch kind {
    case 1:
      self = .welcome(
        id: try fields.minionID("id"), heartbeat: try fields.int("heartbeat"),
        wantsGrains: try fields.bool("wants_grains"), clock: Moment(microseconds: try fields.int("clock")))
    case 2: self = .rejoin
    case 3: self = .heartbeat
    case 4: self = .job(try JobOrder(fields))
    case 5: self = .acknowledge(try fields.strings("jobs").compactMap(JobID.init))
    case 6: self = .cancel(try fields.jobID("job"))
    case 7: self = .refreshGrains
    case 8: self = .revoked(try fields.string("reason"))
    case 9:
      self = .reply(id: try fields.int("id"), ticket: try fields.optionalInt("ticket"), try FleetReply(fields))
    default: throw WireError(.unknownKind, "master message \(kind)")
    }
  }
}
