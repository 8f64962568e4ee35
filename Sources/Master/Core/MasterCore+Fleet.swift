import Glibc
import OrderedCollections
import Store
import Value
import Wire
import ZeroMQ

extension MasterCore {
  func receivedFromFleet(_ message: ReceivedMessage) {
    // ZAP let this connection in, but its key may have been revoked since.
    guard let key = message.userID, let id = registry.acceptedID(ofKey: key) else {
      if message.descriptor >= 0 { shutdown(message.descriptor, Int32(SHUT_RDWR)) }
      return
    }
    guard message.frames.count == 2, !message.isOverlong else {
      return complain("a message of \(message.frames.count) frames was dropped", about: id)
    }
    let now = Moment.now()
    let size = message.frames.reduce(0) { $0 + $1.count }
    guard traffic.allows(id, bytes: size, now: now) else { return cutFlood(of: id, message, now) }
    let words: MinionMessage
    do { words = try MinionMessage(decoding: message.frames[1]) } catch {
      return complain("a message that cannot be read was dropped: \(error)", about: id)
    }
    // Those need no session.
    switch words {
    case .hello(let hello): return joined(id, hello, message, now)
    case .request(let number, let tickets, let request):
      budget.giveBack(tickets, of: id)
      return requested(request, number, by: id, message, now)
    case .read(let tickets): return budget.giveBack(tickets, of: id)
    default: break
    }
    guard sessions[id] != nil else {
      _ = fleet.send(message.frames[0], MasterMessage.rejoin.encoded())
      return
    }
    sessions.heard(id, now: now)
    switch words {
    case .hello, .request, .read: break
    case .heartbeat: send(.heartbeat, to: id)
    case .grains(let grains): received(grains, from: id, now)
    case .accepted(let job): jobEvent(job, id, .accepted, now)
    case .started(let job): jobEvent(job, id, .started, now)
    case .progress(let job, let text):
      jobs[job]?.progress[id] = String(text.prefix(200))
      progressed(job)
    case .result(let result): received(result, from: id, now)
    case .goodbye: minionLeft(id, reason: "said goodbye", now: now)
    }
  }

  /// Logs what a minion did wrong, so often and not more: who can make the log grow as they like fills the disk.
  func complain(_ what: String, about id: MinionID) {
    guard complaintLimit.allows(id.text) else { return }
    log.warning("\(what)", metadata: ["minion": "\(id)"])
    if complaintLimit.isUsedUp(id.text) {
      log.warning("more of it is not logged within this minute", metadata: ["minion": "\(id)"])
    }
  }

  /// What waits in the queue of a connection that was cut is dropped unread; the minion comes again with what counts.
  private func cutFlood(of id: MinionID, _ message: ReceivedMessage, _ now: Moment) {
    if message.descriptor >= 0, Self.peerAddress(of: message.descriptor) == message.peerAddress {
      shutdown(message.descriptor, Int32(SHUT_RDWR))
    }
    guard sessions[id] != nil else { return }
    complain("a minion sends more than it may; its connection is cut", about: id)
    minionLeft(id, reason: "it sent too much", now: now)
  }

  private func joined(_ id: MinionID, _ hello: MinionHello, _ message: ReceivedMessage, _ now: Moment) {
    let session = Session(
      routingID: message.frames[0], lastHeard: now, connectedSince: now, version: hello.version,
      address: message.peerAddress ?? "", descriptor: message.descriptor, clockSkew: hello.clock - now)
    let isNew = sessions.joined(id, session)
    let wantsGrains = registry[id]?.grains?.digest != hello.grainsDigest
    registry.update(id) { minion in
      minion.lastSeen = now
      minion.address = session.address
      minion.version = hello.version
    }
    send(
      .welcome(id: id, heartbeat: Int64(configuration.heartbeat), wantsGrains: wantsGrains, clock: now), to: id)
    if isNew { publish("minion/\(id)/joined", ["minion": .string(id.text), "version": .string(hello.version)]) }
    let held = Set(hello.heldJobs)
    let running = Set(hello.runningJobs)
    for job in jobs.keys.sorted() where jobs[job]?.minions[id] != nil {
      jobEvent(job, id, .minionJoined(holds: held.contains(job), isRunning: running.contains(job)), now)
    }
  }

  private func received(_ grains: ValueMap, from id: MinionID, _ now: Moment) {
    guard let digest = grains["grains_digest"]?.stringValue, digest.utf8.count <= 128 else { return }
    var grains = grains
    grains["grains_digest"] = nil
    // A minion does not get to say who it is.
    grains["id"] = .string(id.text)
    let stored = StoredGrains(digest: digest, grains: grains, received: now)
    registry.update(id) { $0.grains = stored }
    unsavedGrains.insert(id)
    publish("minion/\(id)/grains", ["minion": .string(id.text)])
  }

  func minionLeft(_ id: MinionID, reason: String, now: Moment) {
    guard let session = sessions.left(id) else { return saveLastSeen(id) }
    registry.update(id) { $0.lastSeen = session.lastHeard }
    saveLastSeen(id)
    publish("minion/\(id)/left", ["minion": .string(id.text), "reason": .string(reason)])
    for (job, active) in jobs where active.minions[id] != nil {
      if active.isBatched { advance(job, now: now) }
      progressed(job)
    }
  }

  private func saveLastSeen(_ id: MinionID) {
    if let minion = registry[id] { commit([.saveMinion(minion)]) }
  }

  /// - Returns: false when the minion is not there (any more).
  @discardableResult
  func send(_ message: MasterMessage, to id: MinionID) -> Bool { send(encoded: message.encoded(), to: id) }

  func send(encoded bytes: [UInt8], to id: MinionID) -> Bool {
    guard let session = sessions[id] else { return false }
    if fleet.send(session.routingID, bytes) { return true }
    // A full queue is no absence: the minion is slow, or about to be found silent.
    if fleet.isPeerGone { minionLeft(id, reason: "its connection is gone", now: .now()) }
    return false
  }

  func sendAcknowledgements() {
    guard !acknowledgements.isEmpty else { return }
    let all = acknowledgements
    acknowledgements = [:]
    for (id, jobs) in all { send(.acknowledge(jobs), to: id) }
  }

  /// Ends a minion's connection now (its key was revoked).
  func cutOff(_ id: MinionID, reason: String) {
    send(.revoked(reason), to: id)
    guard let session = sessions.left(id), session.descriptor >= 0 else { return }
    // Give the farewell its way out; whatever still comes over the connection is dropped by its key meanwhile.
    let descriptor = session.descriptor
    let address = session.address
    Task {
      try? await Task.sleep(for: .milliseconds(50))
      if Self.peerAddress(of: descriptor) == address { shutdown(descriptor, Int32(SHUT_RDWR)) }
    }
  }

  /// The descriptor may belong to another connection by now: only one of the same peer is cut.
  private static func peerAddress(of descriptor: Int32) -> String? {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    var host = [CChar](repeating: 0, count: 256)
    let status = withUnsafeMutablePointer(to: &storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        getpeername(descriptor, address, &length) == 0
          && getnameinfo(address, length, &host, 256, nil, 0, NI_NUMERICHOST) == 0
      }
    }
    guard status else { return nil }
    return PeerAddress.text(String(decoding: host.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }
}
