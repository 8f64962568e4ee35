import Targeting

/// An operator who watches what happens.
struct EventSubscriber {
  let globs: [Glob]
  /// Whose stream it is.
  let operatorName: String
  func wants(_ tag: String) -> Bool { globs.isEmpty || globs.contains { $0.matches(tag) } }
}
