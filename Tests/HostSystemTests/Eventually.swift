/// Waited in vain.
struct TimeIsUp: Error, CustomStringConvertible {
  let description: String
}

/// Asks again and again until there is an answer, or the time is up.
@discardableResult
func eventually<Result>(
  _ what: String, within limit: Duration = .seconds(60), isolation: isolated (any Actor)? = #isolation,
  _ body: () throws -> Result?
) async throws -> Result {
  let deadline = ContinuousClock.now + limit
  while true {
    if let result = try body() { return result }
    guard ContinuousClock.now < deadline else { throw TimeIsUp(description: "waited \(limit) for: \(what)") }
    try await Task.sleep(for: .milliseconds(5))
  }
}
