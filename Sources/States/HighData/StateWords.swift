/// Words that belong to the state engine, not to a state's arguments.
enum StateWords {
  /// Requisites whose values must be lists of one-key maps (Salt's `STATE_REQUISITE_KEYWORDS`).
  static let requisites: Set<String> = [
    "onfail", "onfail_any", "onfail_all", "require", "require_any", "onchanges", "onchanges_any", "watch", "watch_any",
    "prereq", "prerequired", "listen", "onfail_stop",
  ]

  /// Requisites that are merged into other declarations before compiling. `listen_in` is seen to when the plan is made.
  static let merged: Set<String> = [
    "require_in", "watch_in", "onfail_in", "onchanges_in", "use", "use_in", "prereq_in",
  ]

  /// What `use` and `use_in` never carry over.
  static let notUsed: Set<String> = merged.union([
    "require", "watch", "prereq", "onfail", "onfail_stop", "onchanges", "name", "names",
  ])

  static func isPattern(_ text: String) -> Bool {
    text.utf8.contains { $0 == 0x2A || $0 == 0x3F || $0 == 0x5B || $0 == 0x5D }
  }
}
