import Value

extension ValueLimits {
  /// What an input of some kilobytes may become.
  static let fuzz = ValueLimits(depth: 128, bytes: 1 << 20, count: 200_000)
}
