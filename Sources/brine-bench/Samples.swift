/// Measured values of one thing.
struct Samples {
  private let sorted: [Double]

  init(_ values: [Double]) { sorted = values.sorted() }

  var count: Int { sorted.count }
  var minimum: Double { sorted.first ?? .nan }

  /// The middle one, or the mean of the two in the middle.
  var median: Double {
    guard !sorted.isEmpty else { return .nan }
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  /// The nearest rank.
  func quantile(_ part: Double) -> Double {
    sorted.isEmpty ? .nan : sorted[min(sorted.count - 1, Int((Double(sorted.count) * part).rounded(.down)))]
  }
}

extension Double {
  /// With so many decimals.
  func rounded(_ decimals: Int) -> Double {
    let factor = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
    return (self * factor).rounded() / factor
  }
}

extension ContinuousClock.Instant {
  func milliseconds(since start: ContinuousClock.Instant) -> Double {
    let (seconds, attoseconds) = (self - start).components
    return Double(seconds) * 1e3 + Double(attoseconds) / 1e15
  }
}
