import Logging
import Synchronization
import Wire
import ZeroMQ

/// The socket that strangers may speak to: its own context (so its own I/O thread), its own loop, small messages, few a
/// minute from one address. All it can do is to ask the core for a decision.
actor EnrolmentDoor {
  /// Handshakes and requests of one address in a minute; a rollout by a provisioning tool behind one NAT needs many.
  private static let perMinute = 600

  nonisolated let loop: SocketLoop
  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
  private let context = ZMQContext()
  private let core: MasterCore
  private let handshakes = HandshakeLimit(perMinute: perMinute)
  private var requests = RateLimit(perMinute: perMinute)
  private var authenticator: ZAPAuthenticator?
  private var socket: ZMQSocket?
  private let log = Logger(label: "enrol")

  init(core: MasterCore) {
    self.core = core
    loop = SocketLoop(name: "brine-enrol")
  }

  func open(_ endpoint: String, keys: CurveKeyPair) async throws {
    let handshakes = handshakes
    authenticator = try await ZAPAuthenticator(context: context) { _, key, address in
      handshakes.allows(address) ? key.description : nil
    }
    let socket = try ZMQSocket(.router, in: context)
    var options = SocketOptions()
    options.curveServer = (keys, "enrol")
    options.maximumMessageSize = Int64(EnrolRequest.maximumSize)
    options.sendHighWaterMark = 4
    options.heartbeatInterval = 10_000
    options.heartbeatTimeout = 20_000
    // A stranger who opens connections and says nothing holds each for this long.
    options.handshakeInterval = 5_000
    try socket.apply(options)
    do { try socket.bind(endpoint) } catch { throw ListenError(error, setting: "enrol_port") }
    self.socket = socket
    loop.add(socket) { [weak self] message in self?.assumeIsolated { $0.received(message) } }
    loop.every(.seconds(60)) { [weak self] in self?.assumeIsolated { $0.newMinute() } }
  }

  var port: Int { socket?.lastEndpoint.split(separator: ":").last.flatMap { Int($0) } ?? 0 }

  func stop() {
    authenticator?.stop()
    loop.stop()
  }

  private func newMinute() {
    requests.newMinute()
    handshakes.newMinute()
  }

  private func received(_ message: ReceivedMessage) {
    guard message.frames.count == 2, !message.isOverlong, let key = message.userID else { return }
    let address = message.peerAddress ?? ""
    guard requests.allows(address) else { return }
    let request: EnrolRequest
    do { request = try EnrolRequest(decoding: message.frames[1]) } catch {
      log.debug("not a request to join: \(error)", metadata: ["address": "\(address)"])
      return
    }
    let routingID = message.frames[0]
    let core = core
    Task {
      let reply = await core.enrol(request, key: key, address: address)
      _ = self.socket?.send(routingID, reply.encoded())
    }
  }
}

/// The same limit for handshakes, which the authenticator's thread asks.
private final class HandshakeLimit: Sendable {
  private let limit: Mutex<RateLimit>
  init(perMinute: Int) { limit = Mutex(RateLimit(perMinute: perMinute)) }
  func allows(_ address: String) -> Bool { limit.withLock { $0.allows(address) } }
  func newMinute() { limit.withLock { $0.newMinute() } }
}
