import OrderedCollections
import Value
import Wire

/// What minions and masters say to one another: what is read is written and read back the same.
struct MessagesSubject: FuzzSubject {
  let seeds = ["\u{0}"]
  let tokens = [
    "id", "tickets", "ask", "find", "list", "chunk", "pillar", "event", "environments", "env", "base", "path", "digest",
    "offset", "length", "is", "file", "listing", "absent", "refused", "..", "../", "/etc/passwd", "\u{0}", "\u{1}",
    "\u{7f}",
  ]

  var byteSeeds: [[UInt8]] {
    minion.map { $0.encoded() } + master.map { $0.encoded() }
  }

  private var minion: [MinionMessage] {
    guard let path = FilePath("web/init.sls"), let digest = FileDigest(bytes: 0..<32), let tag = EventTag("app/done")
    else { return [] }
    let requests: [FleetRequest] = [
      .environments, .pillar(PillarRequest(environment: .base, override: ["a": [1]], saltenv: .base)),
      .list(FileListRequest(environment: .base, kind: .files, below: path, after: path)),
      .find(FileFindRequest(environment: .base, path: path, known: digest)),
      .chunk(FileChunkRequest(environment: .base, path: path, digest: digest, offset: 5, length: 100)),
      .event(FleetEvent(tag: tag, data: ["a": 1])),
    ]
    return requests.map { MinionMessage.request(id: 7, tickets: [1, .max], $0) } + [
      .read([1, 2]), .heartbeat, .grains(["os": "Debian"]), .accepted(job), .progress(job, "half"),
    ]
  }

  private var master: [MasterMessage] {
    guard let path = FilePath("web/init.sls"), let digest = FileDigest(bytes: 0..<32) else { return [] }
    let replies: [FleetReply] = [
      .environments([.base]), .absent, .chunk([1, 2, 3]), .pillar(["a": ["b": 1]]), .done,
      .refused(FleetRefusal(.busy, "busy")),
      .file(FileDescription(digest: digest, size: 3, mode: 0o644, content: [1, 2, 3])),
      .listing(FileListing([FileEntry(path, size: 3, digest: digest, target: "x")])),
    ]
    return replies.map { MasterMessage.reply(id: 7, ticket: 9, $0) } + [
      .rejoin, .acknowledge([job]), .revoked("gone"),
    ]
  }

  private var job: JobID { JobID(microseconds: 1_795_579_953_123_456) }

  func input(fromCase text: CorpusText) -> [UInt8]? { nil }

  func run(_ input: [UInt8]) async -> FuzzOutcome {
    let first = outcome(MinionMessage.self, input)
    if case .wrong = first { return first }
    let second = outcome(MasterMessage.self, input)
    if case .refused = second { return first }
    return second
  }

  private func outcome<Message: WireMessage>(_ type: Message.Type, _ input: [UInt8]) -> FuzzOutcome {
    do {
      let encoded = try Message(decoding: input).encoded()
      guard let again = try? Message(decoding: encoded) else { return .wrong("its own message is refused") }
      return again.encoded() == encoded ? .accepted : .wrong("read back differently")
    } catch {
      return .refused(error.description)
    }
  }
}
