import Identity
import Operator
import Value
import Wire

/// An operator's connection that outlives the master: asks again, over a new connection, until its time is over.
final class PatientClient {
  private let identity: OperatorIdentity
  private let end: ContinuousClock.Instant
  private var client: OperatorClient?

  init(identity: OperatorIdentity, seconds: Int) {
    self.identity = identity
    end = .now + .seconds(seconds)
  }

  deinit { client?.close() }

  var isOver: Bool { ContinuousClock.now >= end }

  /// One value.
  ///
  /// - Throws: `UnreachableError` at the end of its time, `OperatorRefusal`.
  func value(_ action: OperatorRequest.Action) async throws -> Value {
    try await insist { try await $0.value(action) }
  }

  /// The id of a job that the master took: given only after it was durable.
  func start(_ request: JobRequest) async throws -> JobID {
    try await insist { client in
      for try await reply in client.stream(.run(request)) {
        if case .part(let value) = reply, let id = value["job"]?.stringValue.flatMap({ JobID($0) }) { return id }
      }
      throw UnreachableError(endpoint: self.identity.endpoint, reason: "the connection ended without an answer")
    }
  }

  private func insist<Result>(_ body: (OperatorClient) async throws -> Result) async throws -> Result {
    while true {
      let client = self.client ?? OperatorClient(identity: identity, patience: .seconds(2))
      self.client = client
      do { return try await body(client) } catch let error as UnreachableError {
        client.close()
        self.client = nil
        if isOver { throw error }
        try await Task.sleep(for: .milliseconds(20))
      }
    }
  }
}
