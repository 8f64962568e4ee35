import OrderedCollections
public import Value

/// How a job stands, or ended, on one minion.
public struct MinionOutcome: Sendable, Hashable {
  public var id: String
  /// `returned`, `failed`, `refused`, `cancelled`, `interrupted` or `expired`; or, not at its end yet, `queued`,
  /// `delivered` or `running`.
  public var state: String
  public var value: Value?
  public var error: String?
  /// Why it is in this state: `offline since 11:02, expires 12:02`. Empty when there is nothing to say.
  public var reason: String
  public var seconds: Double?

  public init(
    id: String, state: String, value: Value? = nil, error: String? = nil, reason: String = "", seconds: Double? = nil
  ) {
    self.id = id
    self.state = state
    self.value = value
    self.error = error
    self.reason = reason
    self.seconds = seconds
  }

  var isReturned: Bool { state == "returned" }
  /// Whether the job goes on, or waits.
  var isPending: Bool { ["queued", "delivered", "running"].contains(state) }
  var isOffline: Bool { reason.hasPrefix("offline") }

  /// What is said of a minion that did not return: the state, and what went wrong or what it waits for.
  var explanation: String {
    let details = [error ?? "", reason].filter { !$0.isEmpty }
    guard !details.isEmpty else { return state }
    let separator = isPending ? ", " : ": "
    return state + separator + (error == reason ? reason : details.joined(separator: "\n"))
  }

  /// The answer as a machine reads it: the value itself, or for a minion that did not return a map that says why.
  var report: Value {
    if isReturned { return value ?? .null }
    var map: ValueMap = ["state": .string(state), "error": error.map(Value.string) ?? .null, "reason": .string(reason)]
    if let value { map["return"] = value }
    return .map(map)
  }
}
