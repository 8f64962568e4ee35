import Targeting
import Value

extension HighData {
  /// Takes out what `exclude` names: ids, and the declarations of SLS by glob.
  mutating func applyExclusions() {
    guard !exclusions.isEmpty else { return }
    var ids: Set<Value> = []
    var sls: [Glob] = []
    for exclusion in exclusions {
      switch exclusion {
      case .string(let name): sls.append(Glob(name))
      case .map(let map) where map.count == 1:
        if let name = map["sls"]?.stringValue { sls.append(Glob(name)) }
        if let id = map["id"] { ids.insert(id) }
      default: continue
      }
    }
    exclusions = []
    var verdicts: [String: Bool] = [:]
    func isExcluded(_ name: String) -> Bool {
      if let verdict = verdicts[name] { return verdict }
      let verdict = !name.isEmpty && sls.contains { $0.matches(name) }
      verdicts[name] = verdict
      return verdict
    }
    declarations.removeAll { ids.contains($0.key) || isExcluded($0.value.sls) }
  }
}
