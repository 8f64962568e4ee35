import Glibc

extension Evaluation {
  /// Counts steps against the limit; also looks at the clock now and then.
  @inline(__always)
  public func charge(_ steps: Int = 1) throws {
    stepsLeft &-= steps
    stepsToClock &-= steps
    if stepsLeft < 0 || stepsToClock < 0 { try chargeSlowly() }
  }

  private func chargeSlowly() throws {
    guard stepsLeft >= 0 else {
      throw TemplateFailure(
        .limit, "the template takes more than \(limits.steps) steps", hint: "look for a loop that grows too large")
    }
    stepsToClock = 4096
    guard let deadline = limits.deadline else { return }
    guard monotonicNanoseconds() < deadline else {
      throw TemplateFailure(.limit, "the template takes too long", hint: "look for a loop that grows too large")
    }
  }

  /// Counts bytes against the limit, before something of that size is built.
  @inline(__always)
  public func claim(bytes: Int) throws {
    bytesLeft &-= bytes
    if bytesLeft < 0 || bytes < 0 { throw outOfBytes() }
  }

  /// Claims `count` times `size` without overflow.
  func claim(_ count: Int, times size: Int) throws {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: max(size, 1))
    guard !overflow, bytes >= 0 else { throw outOfBytes() }
    try claim(bytes: bytes)
  }

  private func outOfBytes() -> TemplateFailure {
    bytesLeft = 0
    return TemplateFailure(
      .limit, "the template builds more than \(limits.bytes) bytes",
      hint: "look for a text or list that grows in a loop")
  }

  /// Runs a macro, an include or a like one level deeper.
  func descend<Result>(_ body: () throws -> Result) throws -> Result {
    guard depth < limits.depth, stack.hasRoom else {
      throw TemplateFailure(
        .limit, "macros, includes or recursive loops stand more than \(depth) levels within one another",
        hint: "look for a macro that calls itself")
    }
    depth += 1
    defer { depth -= 1 }
    return try body()
  }

  private func monotonicNanoseconds() -> UInt64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return UInt64(now.tv_sec) &* 1_000_000_000 &+ UInt64(now.tv_nsec)
  }
}
