/// What the attempts at one state have left so far.
struct RetryRecord: Sendable, Hashable {
  var startTime: String?
  /// Milliseconds, waiting included.
  var duration: Double
  /// One line an attempt.
  var comments: [String]
}
