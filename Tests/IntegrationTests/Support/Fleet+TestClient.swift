import Identity
import Minion
import Value
import Wire
import ZeroMQ

extension Fleet {
  var fleetEndpoint: String { "tcp://127.0.0.1:\(fleetPort)" }
  var enrolEndpoint: String { "tcp://127.0.0.1:\(enrolPort)" }
  nonisolated var operatorEndpoint: String { "ipc://\(masterDirectory)/run/operators.sock" }

  /// Asks to join over the wire.
  func enrol(_ id: String, keys: CurveKeyPair, word: String?, clock: Moment = .now()) async throws -> EnrolReply {
    let client = try TestClient(enrolEndpoint, keys: keys, server: try masterKey())
    try await client.connected()
    guard let id = MinionID(id) else { throw TestFailure("'\(id)' is no id") }
    let invitation = word.flatMap { Invitation($0) }
    let request = EnrolRequest(
      id: id, invitation: invitation?.secret.withBytes { $0 }, version: brineVersion, clock: clock)
    await client.send(request.encoded())
    guard let bytes = await client.receive() else { throw TestFailure("no answer to a request to join") }
    return try EnrolReply(decoding: bytes)
  }

  /// A peer with an accepted key that is no brine-minion.
  func impostor(_ id: String) async throws -> (client: TestClient, keys: CurveKeyPair) {
    let keys = CurveKeyPair.generate()
    let reply = try await enrol(id, keys: keys, word: try await invite())
    guard reply.verdict == .accepted else { throw TestFailure("not accepted: \(reply.message)") }
    return (try TestClient(fleetEndpoint, keys: keys, server: try masterKey()), keys)
  }
}
