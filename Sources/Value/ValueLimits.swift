/// How much a text or a message from outside may make us build: checked before memory is taken.
public struct ValueLimits: Sendable, Hashable {
  /// How deep lists and maps may stand in one another.
  public var depth: Int
  /// How long the text or message may be.
  public var bytes: Int
  /// How many values it may hold in all, keys of maps counted too.
  public var count: Int

  public init(depth: Int = 128, bytes: Int = 64 << 20, count: Int = 4_000_000) {
    self.depth = depth
    self.bytes = bytes
    self.count = count
  }

  /// 128 levels, 64 MiB, four million values: more than any real result, less than what hurts a master.
  public static let standard = ValueLimits()
}
