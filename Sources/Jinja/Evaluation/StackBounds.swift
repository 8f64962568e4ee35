/// How much of this thread's stack may be used. Debug builds take several times the stack of release builds, so counting
/// calls alone either refuses good templates or does not save the process.
struct StackBounds {
  private let lowest: UInt

  /// - Parameter size: what may be used from here on.
  init(size: Int = 5 << 20) {
    var here = 0
    let top = withUnsafePointer(to: &here) { UInt(bitPattern: $0) }
    lowest = top > UInt(size) ? top - UInt(size) : 0
  }

  /// Whether there is room for one more call.
  var hasRoom: Bool {
    var here = 0
    return withUnsafePointer(to: &here) { UInt(bitPattern: $0) } > lowest
  }
}
