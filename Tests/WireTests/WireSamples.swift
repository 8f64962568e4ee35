import OrderedCollections
import Value
import Wire

/// One message of every kind, with no field at its default, so that a field that gets lost is seen.
enum WireSamples {
  static let job = JobID(microseconds: 1_795_579_953_123_456)
  static let otherJob = JobID(microseconds: 1_795_579_953_123_457)
  static let clock = Moment(microseconds: 1_795_579_960_000_001)
  static let target = TargetSpecification(kind: "compound", expression: "G@os:Debian and not web3")

  static let order = JobOrder(
    id: job, function: "pkg.upgrade", arguments: ["libssl3", 1.5, .null, [1, 2]],
    namedArguments: ["refresh": true, "opts": ["a": "b"]], operatorName: "anna", expires: clock, deadline: 600,
    isTest: true, sealingKeys: ["anna": .bytes([UInt8](repeating: 7, count: 32))])

  static let request = JobRequest(
    target: target, function: "service.restart", arguments: ["nginx"], namedArguments: ["no_block": true],
    expires: 120, deadline: 60, isTest: true, subset: 3, batch: "25%")

  static let result = JobResult(
    id: job, outcome: .failed, encodedValue: [0x80], error: "apt-get exited with 100", exitCode: 100,
    started: clock, ended: clock + 2)

  static let minion: [MinionMessage] = [
    .hello(
      MinionHello(
        version: "0.1.0", clock: clock, grainsDigest: "ab12", heldJobs: [job, otherJob], runningJobs: [otherJob])),
    .heartbeat, .grains(["os": "Debian", "ip4_interfaces": ["eth0": ["10.0.0.1"]]]), .accepted(job), .started(job),
    .progress(job, "2 of 5"), .result(result), .goodbye,
    .read([3, .max]),
  ]

  static func master(_ id: MinionID) -> [MasterMessage] {
    [
      .welcome(id: id, heartbeat: 30, wantsGrains: true, clock: clock), .rejoin, .heartbeat, .job(order),
      .acknowledge([job, otherJob]), .cancel(job), .refreshGrains, .revoked("the key was revoked by anna"),
    ]
  }

  static var fleetRequests: [FleetRequest] {
    guard let path = FilePath("nginx/init.sls"), let directory = FilePath("nginx"), let tag = EventTag("app/deployed"),
      let environment = EnvironmentName("feature/x"), let digest = FileDigest(String(repeating: "0a", count: 32))
    else { return [] }
    return [
      .environments,
      .list(FileListRequest(environment: environment, kind: .symlinks, below: directory, after: path)),
      .find(FileFindRequest(environment: environment, path: path, known: digest)),
      .chunk(FileChunkRequest(environment: environment, path: path, digest: digest, offset: 4096, length: 65_536)),
      .pillar(PillarRequest(environment: environment, override: ["a": [1, 2]], saltenv: .base)),
      .event(FleetEvent(tag: tag, data: ["version": 3])),
    ]
  }

  static var fleetReplies: [FleetReply] {
    guard let path = FilePath("nginx/init.sls"), let link = FilePath("nginx/link"),
      let digest = FileDigest(bytes: 0..<32)
    else { return [] }
    let entries = [FileEntry(path, size: 12, digest: digest), FileEntry(link, target: "init.sls")]
    return [
      .environments([.base]), .listing(FileListing(entries, hasMore: true)),
      .file(FileDescription(digest: digest, size: 3, mode: 0o644, content: [1, 2, 3])), .absent, .chunk([1, 2, 3]),
      .pillar(["users": ["deploy": "x"]], secrets: ["x"]), .done,
      .refused(FleetRefusal(.changed, "it was written meanwhile")),
    ]
  }

  /// Requests and replies of each sort, named by it.
  static var fleet: [Sample] {
    fleetRequests.map { Sample(MinionMessage.request(id: 7, tickets: [1, .max], $0), of: "\($0)") }
      + fleetReplies.map { Sample(MasterMessage.reply(id: 7, ticket: 5, $0), of: "\($0)") }
  }

  static let operatorActions: [OperatorRequest.Action] = [
    .status, .match(target), .run(request), .listJobs(limit: 20, activeOnly: true), .showJob(job), .jobResults(job),
    .watchJob(job), .cancelJob(job), .listKeys, .showKey("web1"), .invite(idGlob: "web*", uses: 5, seconds: 3600),
    .decideKeys(.revoke, globs: ["web*", "db1"]), .grains(target, keys: ["os", "ipv4"]), .listOperators,
    .addOperator(name: "ben", role: "deploy", publicKey: String(repeating: "k", count: 40), sealingKey: [1, 2, 3]),
    .removeOperator("ben"), .verifyAuditLog, .events(globs: ["job/*"]), .endStream(41), .read([1, 2]),
    .fileServer(.environments),
    .fileServer(.update(.gitPillar)), .fileServer(.list(.directories, .base, below: FilePath("a/b"))), .pillarKey,
    .rotatePillarKey,
    .removePillarKey("x0Yb3kQm"), .resealPillar("brine-pillar1.x.y"),
  ]

  private static var pillarActions: [OperatorRequest.Action] {
    guard let id = MinionID("db1") else { return [] }
    return [.showPillar(PillarQuery(minion: id, keys: ["a:b"], environment: .base, opensSecrets: true))]
  }

  static var operatorRequests: [OperatorRequest] {
    (operatorActions + pillarActions).map { OperatorRequest(number: 42, action: $0) }
  }

  static let operatorReplies = [
    OperatorReply(number: 42, .value(["complete": true])), OperatorReply(number: 42, .part(["outcomes": [1, "two"]])),
    OperatorReply(number: 42, .refused(OperatorRefusal(.forbidden, "anna may not run pkg.remove."))),
  ]

  static func enrolRequest(_ id: MinionID) -> EnrolRequest {
    EnrolRequest(id: id, invitation: [UInt8](repeating: 9, count: 20), version: "0.1.0", clock: clock)
  }

  static let enrolReply = EnrolReply(.pending, "the key waits for an operator", fleetPort: 4510)

  /// A message and the decoder it is meant for.
  struct Sample: Sendable, CustomStringConvertible {
    let name: String
    let bytes: [UInt8]
    let maximumSize: Int
    let original: String
    /// Reads bytes; what came of it, and its own encoding.
    let decode: @Sendable ([UInt8]) throws(WireError) -> (text: String, encoded: [UInt8])
    var description: String { name }

    init<Message: WireMessage>(_ message: Message, of sort: String = "") {
      name = "\(Message.self) \(message.kind)" + (sort.isEmpty ? "" : " \(sort.prefix { $0 != "(" })")
      bytes = message.encoded()
      maximumSize = Message.maximumSize
      original = String(reflecting: message)
      decode = { bytes throws(WireError) in
        let decoded = try Message(decoding: bytes)
        return (String(reflecting: decoded), decoded.encoded())
      }
    }
  }

  static var all: [Sample] {
    guard let id = MinionID("web1.example.com") else { return [] }
    return minion.map { Sample($0) } + master(id).map { Sample($0) } + operatorRequests.map { Sample($0) }
      + operatorReplies.map { Sample($0) } + [Sample(enrolRequest(id)), Sample(enrolReply)] + fleet
  }
}
