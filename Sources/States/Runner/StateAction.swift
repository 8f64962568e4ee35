/// What a run wants done.
enum StateAction: Sendable, Hashable {
  /// Call a state function. At most one call that is not parallel is out at a time.
  case call(StateCall)
  /// Wait before a call is tried again: seconds, and up to so many more by chance.
  case sleep(StateCall, seconds: Int, splay: Int)
  /// Nothing is left.
  case finish

  /// Others may run beside it.
  var isParallel: Bool {
    switch self {
    case .call(let call), .sleep(let call, _, _): call.isParallel
    case .finish: false
    }
  }
}
