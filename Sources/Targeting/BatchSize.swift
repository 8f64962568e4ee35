/// How many hosts at once: a number, or a share of the hosts that matched.
public enum BatchSize: Sendable, Hashable {
  case hosts(Int)
  /// In millionths, so that a share of a whole number has no rounding error.
  case share(millionths: Int)

  /// Reads `10` or `25%` (also `2.5%`).
  public init(parsing text: String) throws(TargetError) {
    let number = text.hasSuffix("%") ? text.dropLast() : text[...]
    let isShare = number.count < text.count
    guard let size = isShare ? Self.share(number) : Self.hosts(number) else {
      throw TargetError(
        .badBatchSize, "A batch size is a number of hosts from 1 on, or a share from over 0% to 100%.", text: text,
        column: 1)
    }
    self = size
  }

  /// How many of a number of hosts: a share is rounded up; at least 1, at most all of them (but 1 of none).
  public func count(of total: Int) -> Int {
    switch self {
    case .hosts(let count):
      return max(1, min(count, total))
    case .share(let millionths):
      let (whole, rest) = max(total, 0).quotientAndRemainder(dividingBy: 1_000_000)
      return max(1, whole * millionths + (rest * millionths + 999_999) / 1_000_000)
    }
  }

  private static func hosts(_ text: Substring) -> BatchSize? {
    guard isDigits(text), let count = Int(text), count > 0 else { return nil }
    return .hosts(count)
  }

  private static func share(_ text: Substring) -> BatchSize? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy(isDigits), let percent = Int(parts[0]), percent <= 100 else { return nil }
    var millionths = percent * 10_000
    if parts.count == 2 {
      guard parts[1].count <= 4, let fraction = Int(parts[1]) else { return nil }
      millionths += (parts[1].count..<4).reduce(fraction) { value, _ in value * 10 }
    }
    return (1...1_000_000).contains(millionths) ? .share(millionths: millionths) : nil
  }

  private static func isDigits(_ text: Substring) -> Bool {
    (1...9).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }
}

extension BatchSize: CustomStringConvertible {
  public var description: String {
    switch self {
    case .hosts(let count):
      return String(count)
    case .share(let millionths):
      let (percent, rest) = millionths.quotientAndRemainder(dividingBy: 10_000)
      var fraction = String(rest + 10_000).dropFirst()
      while fraction.last == "0" { fraction.removeLast() }
      return fraction.isEmpty ? "\(percent)%" : "\(percent).\(fraction)%"
    }
  }
}
