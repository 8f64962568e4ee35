/// Asks again and again until there is an answer, or the time is up. `body` runs where the caller is isolated.
///
/// - Throws: `TimeIsUp` that names what was waited for, and whatever `body` throws.
@discardableResult
public func eventually<Result>(
  _ what: String, within limit: Duration = .seconds(60), every interval: Duration = .milliseconds(10),
  isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result?
) async throws -> Result {
  let deadline = ContinuousClock.now + limit
  while true {
    if let result = try await body() { return result }
    guard ContinuousClock.now < deadline else { throw TimeIsUp("waited \(limit) for: \(what)") }
    try await Task.sleep(for: interval)
  }
}

/// The same for a condition.
public func eventually(
  _ what: String, within limit: Duration = .seconds(60), every interval: Duration = .milliseconds(10),
  isolation: isolated (any Actor)? = #isolation, isTrue body: () async throws -> Bool
) async throws {
  _ = try await eventually(what, within: limit, every: interval) { try await body() ? true : nil }
}
