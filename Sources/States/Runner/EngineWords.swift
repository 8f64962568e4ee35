/// Words of a state declaration that the engine reads itself: no state function gets them unless it asks for them.
enum EngineWords {
  static let requisites: [String] = Requisite.allCases.map(\.rawValue) + ["prerequired", "onfail_stop"]

  static let engine: Set<String> = Set(
    requisites + [
      "onchanges_in", "onfail_in", "prereq_in", "watch_in", "require_in", "listen_in", "use", "use_in",
      "fun", "state", "check_cmd", "cmd_opts_exclude", "failhard", "onlyif", "unless", "creates", "retry", "order",
      "parallel", "reload_modules", "reload_grains", "reload_pillar", "runas", "runas_password", "no_log",
      "fire_event", "saltenv", "umask", "aggregate", "sfun", "name_order", "names",
    ])

  /// `__id__`, `__sls__`, … are the engine's too.
  static func isEngine(_ word: String) -> Bool { engine.contains(word) || word.hasPrefix("__") }
}
