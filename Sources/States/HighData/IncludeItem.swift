import Value

/// One line of an `include` section.
struct IncludeItem {
  /// As it was written, and resolved when it was relative.
  var sls: String
  var environment: String
  /// `_xenv`: in whichever of the run's environments has it.
  var isAnyEnvironment: Bool { environment == "_xenv" }

  /// - Throws: `StateProblem` without a place.
  init(_ value: Value, in sls: String, environment: String) throws(StateProblem) {
    switch value {
    case .string(let name):
      self.sls = name
      self.environment = environment
    case .map(let map):
      guard let last = map.elements.last, case .string(let name) = last.value else { fallthrough }
      self.sls = name
      self.environment = last.key.description
    default:
      throw StateProblem(
        "Badly formatted include \(PythonText.str(value)) found in include in SLS '\(environment):\(sls)'",
        hint: "An include is the name of an SLS, or '- environment: name'.")
    }
  }

  /// Makes a name that begins with dots whole: one dot is the folder of the SLS, each further one the folder above.
  mutating func resolve(in sls: String, isInit: Bool, environment: String) throws(StateProblem) {
    guard self.sls.hasPrefix(".") else { return }
    let levels = self.sls.prefix { $0 == "." }.count
    var parts = sls.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    if isInit { parts.append("init") }
    guard levels <= parts.count else {
      throw StateProblem(
        "Attempted relative include of '\(self.sls)' within SLS '\(environment):\(sls)' goes beyond top level package ")
    }
    self.sls = (parts.dropLast(levels) + [String(self.sls.dropFirst(levels))]).joined(separator: ".")
  }
}
