import OrderedCollections
import Value

/// One top file as rendered: environments with targets and the SLS for each.
struct TopSection {
  /// The environment whose top file it is.
  var environment: String
  var map: ValueMap

  init(environment: String, map: ValueMap) {
    self.environment = environment
    self.map = map
  }

  /// The names in its `include`.
  var includes: [String] { (map["include"]?.listValue ?? []).compactMap(\.stringValue) }

  /// What it says for environments.
  var environments: [(name: String, targets: Value)] {
    map.compactMap { $0.key == "include" ? nil : (PythonText.str($0.key), $0.value) }
  }

  var isEmpty: Bool { map.isEmpty }
}
