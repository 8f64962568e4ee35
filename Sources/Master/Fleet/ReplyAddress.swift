import Wire

/// Whom an answer is for.
struct ReplyAddress: Sendable {
  let minion: MinionID
  /// libzmq's id of the connection that the request came over.
  let routingID: [UInt8]
  /// The asking process's own number of the request.
  let number: Int64
  let ticket: Int64

  /// The message, made where the answer is.
  func message(_ reply: FleetReply) -> EncodedReply {
    EncodedReply(address: self, bytes: MasterMessage.reply(id: number, ticket: ticket, reply).encoded())
  }
}
