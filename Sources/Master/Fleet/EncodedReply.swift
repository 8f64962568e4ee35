/// An answer as it is sent.
struct EncodedReply: Sendable {
  let address: ReplyAddress
  let bytes: [UInt8]
}
