public import Value

/// Where a function's events go: to whoever listens on the master (`brine events`).
public protocol EventSink: Sendable {
  /// - Throws: `FunctionError` when the tag or the data may not be, or the master did not take it.
  func send(_ tag: String, _ data: Value) async throws
}

/// For a host that works without a master.
public struct NoEventSink: EventSink {
  public init() {}

  public func send(_ tag: String, _ data: Value) async throws {
    throw FunctionError(
      .unavailable, "The event '\(tag)' has nowhere to go: this host works without a master here.",
      hint: "Events reach the master of a host that has joined one, and is not called with --local.")
  }
}
