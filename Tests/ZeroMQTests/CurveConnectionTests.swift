import Glibc
import Synchronization
import TestSupport
import Testing
import ZeroMQ

/// Two sides over loopback with CURVE: who gets in, and who a message is from.
@Suite struct CurveConnectionTests {
  private let context = ZMQContext()
  private let serverKeys = CurveKeyPair.generate()
  private let clientKeys = CurveKeyPair.generate()

  private func serverOptions(domain: String = "fleet") -> SocketOptions {
    var options = SocketOptions()
    options.curveServer = (serverKeys, domain)
    return options
  }

  private func clientOptions(_ keys: CurveKeyPair, server: CurveKey? = nil) -> SocketOptions {
    var options = SocketOptions()
    options.curveClient = (keys, server ?? serverKeys.publicKey)
    options.reconnectInterval = 50
    return options
  }

  /// What the authenticator was asked.
  private final class Asked: Sendable {
    private let list = Mutex<[(domain: String, key: CurveKey, address: String)]>([])
    func add(_ domain: String, _ key: CurveKey, _ address: String) {
      list.withLock { $0.append((domain, key, address)) }
    }
    var all: [(domain: String, key: CurveKey, address: String)] { list.withLock { $0 } }
  }

  @Test func anAcceptedKeyGetsInUnderTheNameItIsGiven() async throws {
    let asked = Asked()
    let authenticator = try await ZAPAuthenticator(context: context) { domain, key, address in
      asked.add(domain, key, address)
      return "name of \(key)"
    }
    let server = Peer("server")
    let endpoint = try await server.listen(.router, in: context, serverOptions(domain: "some domain")) {
      [$0.frames[0], Array("answer".utf8)]
    }
    let client = Peer("client")
    try await client.connect(.dealer, in: context, clientOptions(clientKeys), to: endpoint)
    try await eventually("the handshake succeeds") { await client.events.contains(.connected) }
    await client.send("hello")
    try await eventually("the answer comes") { await client.texts == ["answer"] }
    let message = try #require(await server.received.first)
    #expect(message.userID == "name of \(clientKeys.publicKey)")
    // The socket takes IPv6 too, which maps IPv4 into it; nobody is shown that.
    #expect(message.peerAddress == "127.0.0.1")
    #expect(message.frames.count == 2)
    #expect(message.descriptor > 0)
    #expect(asked.all.map(\.domain) == ["some domain"])
    #expect(asked.all.map(\.key) == [clientKeys.publicKey])
    #expect(asked.all.map(\.address) == ["::ffff:127.0.0.1"])
    await client.stop()
    await server.stop()
    authenticator.stop()
  }

  @Test func aRefusedKeyIsNotHeard() async throws {
    let asked = Asked()
    let allowed = clientKeys.publicKey
    let authenticator = try await ZAPAuthenticator(context: context) { domain, key, address in
      asked.add(domain, key, address)
      return key == allowed ? key.description : nil
    }
    let server = Peer("server")
    let endpoint = try await server.listen(.router, in: context, serverOptions())
    let stranger = Peer("stranger")
    try await stranger.connect(.dealer, in: context, clientOptions(.generate()), to: endpoint)
    try await eventually("it is told so") { await stranger.events.contains(.refused) }
    #expect(await !stranger.send("let me in"))
    #expect(await !stranger.events.contains(.connected))
    // Somebody who is let in meanwhile is heard, and nobody else.
    let client = Peer("client")
    try await client.connect(.dealer, in: context, clientOptions(clientKeys), to: endpoint)
    try await eventually("the other is in") { await client.send("hello") }
    try await eventually("and heard") { await server.texts == ["hello"] }
    #expect(Set(await server.received.map(\.userID)) == [allowed.description])
    #expect(asked.all.count >= 2)
    for peer in [stranger, client, server] { await peer.stop() }
    authenticator.stop()
  }

  @Test func anotherServersKeyIsFoundOut() async throws {
    let asked = Asked()
    let authenticator = try await ZAPAuthenticator(context: context) { domain, key, address in
      asked.add(domain, key, address)
      return key.description
    }
    let server = Peer("server")
    let endpoint = try await server.listen(.router, in: context, serverOptions())
    let client = Peer("client")
    let wrong = CurveKeyPair.generate().publicKey
    try await client.connect(.dealer, in: context, clientOptions(clientKeys, server: wrong), to: endpoint)
    try await eventually("it is dropped") { await client.events.contains { $0 == .disconnected || $0 == .refused } }
    #expect(await !client.events.contains(.connected))
    #expect(await !client.send("secret"), "nothing is said to a stranger")
    #expect(asked.all.isEmpty)
    await client.stop()
    await server.stop()
    authenticator.stop()
  }

  @Test func withoutCurveNobodyIsHeard() async throws {
    let authenticator = try await ZAPAuthenticator(context: context) { _, key, _ in key.description }
    let server = Peer("server")
    let endpoint = try await server.listen(.router, in: context, serverOptions())
    let plain = Peer("plain")
    var options = SocketOptions()
    options.reconnectInterval = 50
    try await plain.connect(.dealer, in: context, options, to: endpoint)
    try await eventually("it is dropped") { await plain.events.contains { $0 == .disconnected || $0 == .refused } }
    #expect(await !plain.events.contains(.connected))
    #expect(await server.received.isEmpty)
    await plain.stop()
    await server.stop()
    authenticator.stop()
  }

  /// A peer says what it likes in its frames; who it is, the connection tells.
  @Test func whatAPeerSaysOfItselfCountsForNothing() async throws {
    let authenticator = try await ZAPAuthenticator(context: context) { _, key, _ in key.description }
    let server = Peer("server")
    let endpoint = try await server.listen(.router, in: context, serverOptions())
    let (honest, liar) = (Peer("honest"), Peer("liar"))
    let liarKeys = CurveKeyPair.generate()
    try await honest.connect(.dealer, in: context, clientOptions(clientKeys), to: endpoint)
    try await eventually("one is in") { await honest.send("honest") }
    try await eventually("and heard") { await server.received.count == 1 }
    let honestID = try #require(await server.received.first?.frames.first)
    // The other one sends the first one's routing id and key as if they were its own.
    try await liar.connect(.dealer, in: context, clientOptions(liarKeys), to: endpoint)
    try await eventually("the other is in") {
      await liar.send([honestID, Array(clientKeys.publicKey.description.utf8), Array("User-Id".utf8)])
    }
    try await eventually("and heard") { await server.received.count == 2 }
    let lie = try #require(await server.received.last)
    #expect(lie.userID == liarKeys.publicKey.description)
    #expect(lie.frames.count == 4)
    #expect(lie.frames[0] != honestID)
    #expect(lie.frames[1] == honestID, "it is nothing but a frame")
    // What is sent to the honest one goes to it.
    #expect(await server.send([honestID, Array("for you".utf8)]))
    try await eventually("it comes") { await honest.texts == ["for you"] }
    #expect(await liar.received.isEmpty)
    for peer in [honest, liar, server] { await peer.stop() }
    authenticator.stop()
  }

  @Test func aMessageThatIsTooLargeEndsTheConnection() async throws {
    let authenticator = try await ZAPAuthenticator(context: context) { _, key, _ in key.description }
    let server = Peer("server")
    var options = serverOptions()
    options.maximumMessageSize = 2000
    let endpoint = try await server.listen(.router, in: context, options)
    let client = Peer("client")
    try await client.connect(.dealer, in: context, clientOptions(clientKeys), to: endpoint)
    try await eventually("it is in") { await client.send([[UInt8](repeating: 1, count: 1900)]) }
    try await eventually("what fits is heard") { await server.received.count == 1 }
    #expect(await client.send([[UInt8](repeating: 2, count: 4000)]))
    try await eventually("it is dropped") { await client.events.contains(.disconnected) }
    // It comes back by itself, and the large one was never seen.
    try await eventually("it is back") {
      await client.events.count { $0 == .connected } >= 2
    }
    try await eventually("it is heard again") { await client.send("small") }
    try await eventually("in order") { await server.texts.last == "small" }
    #expect(await server.received.allSatisfy { ($0.frames.last?.first ?? 0) != 2 })
    await client.stop()
    await server.stop()
    authenticator.stop()
  }

  @Test func framesBeyondEightAreDroppedUnread() async throws {
    let authenticator = try await ZAPAuthenticator(context: context) { _, key, _ in key.description }
    let server = Peer("server")
    let endpoint = try await server.listen(.router, in: context, serverOptions())
    let client = Peer("client")
    try await client.connect(.dealer, in: context, clientOptions(clientKeys), to: endpoint)
    try await eventually("it is in") {
      await client.send([[UInt8]](repeating: [7], count: 500))
    }
    await client.send("after")
    try await eventually("both are heard") { await server.received.count == 2 }
    let message = try #require(await server.received.first)
    #expect(message.isOverlong)
    #expect(message.frames.count == 8)
    #expect(message.userID == clientKeys.publicKey.description)
    #expect(await server.received.last?.isOverlong == false)
    await client.stop()
    await server.stop()
    authenticator.stop()
  }

  @Test func anUnknownPeerIsAnErrorOfTheSend() async throws {
    let authenticator = try await ZAPAuthenticator(context: context) { _, key, _ in key.description }
    let server = Peer("server")
    let endpoint = try await server.listen(.router, in: context, serverOptions())
    #expect(await !server.send([[1, 2, 3, 4, 5], [0]]))
    #expect(await server.isPeerGone)
    let client = Peer("client")
    try await client.connect(.dealer, in: context, clientOptions(clientKeys), to: endpoint)
    try await eventually("it is in") { await client.send("hello") }
    try await eventually("and heard") { await server.received.count == 1 }
    let routingID = try #require(await server.received.first?.frames.first)
    #expect(await server.send([routingID, [0]]))
    await client.stop()
    try await eventually("its absence is told") { await !server.send([routingID, [0]]) }
    #expect(await server.isPeerGone)
    await server.stop()
    authenticator.stop()
  }

  @Test func whatCannotBeListenedOnIsToldByName() throws {
    let first = try ZMQSocket(.router, in: context)
    try first.bind("tcp://127.0.0.1:*")
    let second = try ZMQSocket(.router, in: context)
    let error = #expect(throws: ZMQError.self) { try second.bind(first.lastEndpoint) }
    #expect(error?.isAddressInUse == true)
    #expect(error?.description.hasPrefix("cannot listen on \(first.lastEndpoint): ") == true)
    #expect(throws: ZMQError.self) { try second.connect("no endpoint") }
  }

  @Test func nothingIsQueuedForWhoIsNotThere() throws {
    let socket = try ZMQSocket(.dealer, in: context)
    try socket.connect("tcp://127.0.0.1:1")
    #expect(!socket.isWritable)
    #expect(!socket.send([1]))
  }
}
