import Functions
import Synchronization
public import Wire

/// Asks the master for what a function needs of it: files, pillar, events. The connection is made at the first question and
/// closed when nothing was asked for a while.
public final class FleetClient: Sendable {
  private let address: @Sendable () throws -> FleetAddress
  private let patience: Double
  private let idleLimit: Double
  private let connection = Mutex<FleetConnection?>(nil)

  /// - Parameters:
  ///   - patience: seconds without a connection after which a question fails.
  ///   - idleLimit: seconds without a question after which the connection is closed.
  ///   - address: asked for at the first question.
  public init(
    patience: Double = 30, idleLimit: Double = 30, address: @escaping @Sendable () throws -> FleetAddress
  ) {
    self.patience = patience
    self.idleLimit = idleLimit
    self.address = address
  }

  public convenience init(_ configuration: MinionConfiguration) {
    self.init { try FleetAddress(configuration) }
  }

  deinit {
    guard let connection = connection.withLock({ $0 }) else { return }
    Task { await connection.close() }
  }

  /// Asks, and waits for the answer.
  ///
  /// - Parameter seconds: until it is given up.
  /// - Returns: any answer, refusals too, except `busy`, after which it is asked again.
  /// - Throws: `FunctionError(.unavailable)` when there is none, `JoinError` or `HostError` when the host has not
  ///   joined, `CancellationError`.
  public func ask(_ request: FleetRequest, seconds: Double = 60) async throws -> FleetReply {
    for _ in 0..<3 {
      let current = try open()
      if let reply = try await current.ask(request, seconds: seconds) { return reply }
      connection.withLock { if $0 === current { $0 = nil } }
    }
    throw FunctionError(.unavailable, "The connection to the master was closed again and again.")
  }

  /// The same, with a refusal as an error that says what was asked for.
  public func answer(_ request: FleetRequest, for what: String, seconds: Double = 60) async throws -> FleetReply {
    let reply = try await ask(request, seconds: seconds)
    guard case .refused(let refusal) = reply else { return reply }
    throw FunctionError(
      refusal.code == .notFound ? .notFound : .failed, "The master refuses \(what): \(refusal.reason)")
  }

  private func open() throws -> FleetConnection {
    if let current = connection.withLock({ $0 }) { return current }
    let made = FleetConnection(try address(), patience: patience)
    let current = connection.withLock { current -> FleetConnection in
      if let current { return current }
      current = made
      return made
    }
    if current === made { closeWhenIdle(made) }
    return current
  }

  private func closeWhenIdle(_ watched: FleetConnection) {
    let limit = idleLimit
    Task { [weak self] in
      while (try? await Task.sleep(for: .seconds(limit / 2))) != nil {
        guard await watched.closeIfIdle(since: limit) else { continue }
        self?.connection.withLock { if $0 === watched { $0 = nil } }
        return
      }
    }
  }
}
