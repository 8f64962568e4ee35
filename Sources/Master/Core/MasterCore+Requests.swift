import OrderedCollections
import Value
import Wire
import ZeroMQ

/// What processes of minions ask for over connections of their own. The loop only decides whether it is answered; files
/// are read and pillars compiled elsewhere.
extension MasterCore {
  func requested(_ request: FleetRequest, _ number: Int64, by id: MinionID, _ message: ReceivedMessage, _ now: Moment) {
    guard let connection = ConnectionIdentity(message.descriptor) else { return }
    let address = ReplyAddress(
      minion: id, routingID: message.frames[0], number: number, ticket: .random(in: 1 ... .max))
    let decision = budget.ask(
      address.ticket, by: id, over: connection, bytes: request.largestReply, isOpen: \.isOpen)
    switch decision {
    case .drop: return
    case .refuse: return answer(address, .refused(FleetRefusal(.busy, "too many replies to this minion are unread")))
    case .answer: break
    }
    switch request {
    case .environments, .list, .find, .chunk: fileRequests.append((request, address, .now))
    case .pillar(let request): compilePillar(request, address)
    case .event(let event): answer(address, published(event, by: id))
    }
  }

  /// What a turn of the loop has gathered for the file server.
  func submitFileRequests() {
    guard !fileRequests.isEmpty else { return }
    files?.submit(fileRequests)
    fileRequests = []
  }

  private func compilePillar(_ request: PillarRequest, _ address: ReplyAddress) {
    let grains = registry[address.minion]?.grains?.grains ?? [:]
    let pillarAnswer = pillarAnswer
    Task.detached { [weak self] in
      let message = address.message(await pillarAnswer(request, address.minion, grains))
      await self?.send([message])
    }
  }

  private func published(_ event: FleetEvent, by id: MinionID) -> FleetReply {
    guard event.tag.isAllowed(for: id) else {
      return .refused(FleetRefusal(.forbidden, "events under '\(event.tag)' are the master's own"))
    }
    guard eventLimit.allows(id.text) else { return .refused(FleetRefusal(.busy, "too many events within a minute")) }
    publish(event.tag.text, ["minion": .string(id.text), "data": event.data])
    return .done
  }

  private func answer(_ address: ReplyAddress, _ reply: FleetReply) { send([address.message(reply)]) }

  /// Sends answers that were made off the loop, to whoever is still there and still accepted.
  func send(_ replies: [EncodedReply]) {
    let now = Moment.now()
    for reply in replies {
      let address = reply.address
      guard registry[address.minion] != nil, fleet.send(address.routingID, reply.bytes) else {
        budget.giveBack([address.ticket], of: address.minion)
        continue
      }
      budget.sent(address.ticket, to: address.minion, bytes: reply.bytes.count, now: now)
    }
  }

  /// Ends connections whose peer does not read.
  func cutOffOverdue(_ now: Moment) {
    for connection in budget.overdue(now: now) {
      log.warning("a connection of a minion was cut off: it asks and does not read the answers")
      connection.cutOff()
    }
  }
}
