/// How many requests an address may make a minute: a table of bounded size, forgotten every minute.
struct RateLimit {
  private let perMinute: Int
  private var counts: [String: Int] = [:]
  private static let maximumAddresses = 20_000

  init(perMinute: Int) { self.perMinute = perMinute }

  mutating func allows(_ address: String) -> Bool {
    guard counts.count < Self.maximumAddresses || counts[address] != nil else { return false }
    counts[address, default: 0] += 1
    return counts[address, default: 0] <= perMinute
  }

  /// Whether the last request that was allowed is the last for this minute.
  func isUsedUp(_ address: String) -> Bool { counts[address, default: 0] >= perMinute }

  mutating func newMinute() { counts.removeAll(keepingCapacity: true) }
}
