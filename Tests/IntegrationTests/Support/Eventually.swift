/// Asks again and again until there is an answer, or the time is up. `body` runs where the caller is isolated.
///
/// - Throws: `TestFailure` that names what was waited for, and whatever `body` throws.
@discardableResult
func eventually<Result>(
  _ what: String, within limit: Duration = .seconds(20), every interval: Duration = .milliseconds(50),
  isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result?
) async throws -> Result {
  let deadline = ContinuousClock.now + limit
  while true {
    if let result = try await body() { return result }
    guard ContinuousClock.now < deadline else { throw TestFailure("waited \(limit) for: \(what)") }
    try await Task.sleep(for: interval)
  }
}

/// The same for a condition.
func eventually(
  _ what: String, within limit: Duration = .seconds(20), every interval: Duration = .milliseconds(50),
  isolation: isolated (any Actor)? = #isolation, isTrue body: () async throws -> Bool
) async throws {
  _ = try await eventually(what, within: limit, every: interval) { try await body() ? true : nil }
}
