/// What one render may use. A template comes from a person, and persons make loops that do not end.
public struct TemplateLimits: Sendable, Hashable {
  /// Evaluated expressions, statements and elements.
  public var steps: Int
  /// Macros, includes, blocks and recursive loops within one another.
  public var depth: Int
  /// Bytes of all texts and lists that are built, the output among them.
  public var bytes: Int
  /// Nanoseconds of `CLOCK_MONOTONIC` at which the render is given up; nil for no deadline.
  public var deadline: UInt64?
  /// Bytes of the thread's stack that may be used: less than the thread has by some hundred kilobytes.
  public var stack: Int

  public init(
    steps: Int = 20_000_000, depth: Int = 200, bytes: Int = 256 << 20, deadline: UInt64? = nil, stack: Int = 5 << 20
  ) {
    self.steps = steps
    self.depth = depth
    self.bytes = bytes
    self.deadline = deadline
    self.stack = stack
  }

  public static let standard = TemplateLimits()
}
