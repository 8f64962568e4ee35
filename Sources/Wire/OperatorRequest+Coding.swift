import OrderedCollections
public import Value

extension OperatorRequest {
  public var kind: Int64 {
    switch action {
    case .status: 1
    case .match: 2
    case .run: 3
    case .listJobs: 4
    case .showJob: 5
    case .jobResults: 6
    case .watchJob: 7
    case .cancelJob: 8
    case .listKeys: 9
    case .showKey: 10
    case .invite: 11
    case .decideKeys: 12
    case .grains: 13
    case .listOperators: 14
    case .addOperator: 15
    case .removeOperator: 16
    case .verifyAuditLog: 17
    case .events: 18
    case .endStream: 19
    case .read: 20
    case .showPillar: 30
    case .pillarKey: 31
    case .rotatePillarKey: 32
    case .removePillarKey: 33
    case .resealPillar: 34
    case .fileServer: 40
    }
  }

  public var fields: ValueMap {
    var fields = actionFields
    fields["number"] = .int(number)
    return fields
  }

  private var actionFields: ValueMap {
    switch action {
    case .status, .listKeys, .listOperators, .verifyAuditLog, .pillarKey, .rotatePillarKey: [:]
    case .match(let target): ["target": target.value]
    case .run(let request): request.fields
    case .listJobs(let limit, let activeOnly): ["limit": .int(limit), "active": .bool(activeOnly)]
    case .showJob(let job), .jobResults(let job), .watchJob(let job), .cancelJob(let job): ["job": .string(job.text)]
    case .showKey(let id): ["id": .string(id)]
    case .invite(let glob, let uses, let seconds): ["id": .string(glob), "uses": .int(uses), "seconds": .int(seconds)]
    case .decideKeys(let decision, let globs): ["decision": .string(decision.rawValue), "globs": .strings(globs)]
    case .grains(let target, let keys): ["target": target.value, "keys": .strings(keys)]
    case .addOperator(let name, let role, let publicKey, let sealingKey):
      ["name": .string(name), "role": .string(role), "key": .string(publicKey), "seal": .bytes(sealingKey)]
    case .removeOperator(let name): ["name": .string(name)]
    case .events(let globs): ["globs": .strings(globs)]
    case .endStream(let stream): ["stream": .int(stream)]
    case .read(let tickets): ["tickets": .list(tickets.map(Value.int))]
    case .showPillar(let query): query.fields
    case .removePillarKey(let id): ["id": .string(id)]
    case .resealPillar(let text): ["text": .string(text)]
    case .fileServer(let query): query.fields
    }
  }

  public init(kind: Int64, fields: FieldReader) throws(WireError) {
    number = try fields.int("number")
    action =
      switch kind {
      case 1: .status
      case 2: .match(try TargetSpecification(fields.value("target")))
      case 3: .run(try JobRequest(fields))
      case 4: .listJobs(limit: try fields.int("limit"), activeOnly: try fields.bool("active"))
      case 5: .showJob(try fields.jobID("job"))
      case 6: .jobResults(try fields.jobID("job"))
      case 7: .watchJob(try fields.jobID("job"))
      case 8: .cancelJob(try fields.jobID("job"))
      case 9: .listKeys
      case 10: .showKey(try fields.string("id", maximum: 256))
      case 11:
        .invite(
          idGlob: try fields.string("id", maximum: 256), uses: try fields.int("uses"),
          seconds: try fields.int("seconds"))
      case 12: .decideKeys(try fields.choice("decision", KeyDecision.self), globs: try fields.strings("globs"))
      case 13: .grains(try TargetSpecification(fields.value("target")), keys: try fields.strings("keys"))
      case 14: .listOperators
      case 15:
        .addOperator(
          name: try fields.string("name", maximum: 128), role: try fields.string("role", maximum: 128),
          publicKey: try fields.string("key", maximum: 40), sealingKey: try fields.bytes("seal"))
      case 16: .removeOperator(try fields.string("name", maximum: 128))
      case 17: .verifyAuditLog
      case 18: .events(globs: try fields.strings("globs"))
      case 19: .endStream(try fields.int("stream"))
      case 20: .read(try fields.tickets("tickets"))
      case 30: .showPillar(try PillarQuery(fields))
      case 31: .pillarKey
      case 32: .rotatePillarKey
      case 33: .removePillarKey(try fields.string("id", maximum: 64))
      case 34: .resealPillar(try fields.string("text", maximum: 1 << 20))
      case 40: .fileServer(try FileServerQuery(fields))
      default: throw WireError(.unknownKind, "operator request \(kind)")
      }
  }
}
