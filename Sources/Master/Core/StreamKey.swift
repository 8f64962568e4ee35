/// One stream of replies: a connection of an operator and the number of the request that began it.
struct StreamKey: Hashable {
  let routingID: [UInt8]
  let number: Int64
}
