/// Waited in vain.
struct TimeIsUp: Error, CustomStringConvertible {
  let description: String
}

/// Asks again and again until it is so, or the time is up.
func eventually(_ what: String, within limit: Duration = .seconds(60), _ body: () async throws -> Bool) async throws {
  let deadline = ContinuousClock.now + limit
  while try await !body() {
    guard ContinuousClock.now < deadline else { throw TimeIsUp(description: "waited \(limit) for: \(what)") }
    try await Task.sleep(for: .milliseconds(5))
  }
}
