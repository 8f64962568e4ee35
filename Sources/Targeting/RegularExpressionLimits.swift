/// What bounds the work of one search, whoever wrote the pattern and the text.
enum RegularExpressionLimits {
  static let patternBytes = 64 << 10
  static let textBytes = 64 << 20
  static let matches = 4_000_000
  static let nesting: UInt32 = 250
  /// Backtracking steps from one place of the text.
  static let steps: UInt32 = 1_000_000
  static let depth: UInt32 = 1_000_000
  static let heapKiB: UInt32 = 64 << 10
  /// Between two looks at the clock at most this many places are tried, or one 512th of the text if that is more.
  static let stride = 1024
  static let time: Duration = .seconds(10)
}
