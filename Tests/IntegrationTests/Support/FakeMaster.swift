import HostSystem
import TestSupport
import Value
import Wire
import ZeroMQ

/// Holds a master's key and port and says what a test wants: for a minion that must not believe everything twice.
actor FakeMaster {
  private let socket: ZMQSocket
  private(set) var peer: [UInt8]?

  init(directory: String, port: Int) throws {
    let secret = Secret(try HostFiles().read("\(directory)/master.key", limit: 64))
    guard let keys = CurveKeyPair(secretKey: secret) else { throw TestFailure("no master key in \(directory)") }
    let socket = try ZMQSocket(.router, in: ZMQContext())
    var options = SocketOptions()
    options.curveServer = (keys, "fleet")
    try socket.apply(options)
    try socket.bind("tcp://127.0.0.1:\(port)")
    self.socket = socket
  }

  /// Waits for a minion's hello and welcomes it.
  func welcome(_ id: String) async throws {
    try await next { if case .hello = $0 { true } else { nil } }
    guard let id = MinionID(id) else { throw TestFailure("'\(id)' is no id") }
    send(.welcome(id: id, heartbeat: 30, wantsGrains: false, clock: .now()))
  }

  /// Waits until the minion says that it has the job.
  func acceptance(of job: JobID) async throws {
    try await next { if case .accepted(job) = $0 { true } else { nil } }
  }

  func send(_ message: MasterMessage) {
    guard let peer else { return }
    _ = socket.send(peer, message.encoded())
  }

  /// The first message that this accepts; others are skipped.
  @discardableResult
  func next<Result>(within limit: Duration = .seconds(25), _ accept: (MinionMessage) -> Result?) async throws -> Result
  {
    try await eventually("a message of the minion", within: limit, every: .milliseconds(10)) { () -> Result? in
      while let message = self.socket.receive() {
        guard message.frames.count == 2, let words = try? MinionMessage(decoding: message.frames[1]) else { continue }
        self.peer = message.frames[0]
        if let result = accept(words) { return result }
      }
      return nil
    }
  }
}
