import Functions
import HostSystem
import OrderedCollections
import Targeting
import Value

/// The merged top file of a run: which SLS are for which minions.
struct TopFile {
  /// Targets by environment, each with its list of SLS and options.
  var environments: TopMerging.Merged

  /// Salt's `verify_tops`.
  func problems() -> [StateProblem] {
    var problems: [StateProblem] = []
    func report(_ message: String, hint: String? = nil) {
      problems.append(StateProblem(message, place: "top.sls", hint: hint))
    }
    for (environment, targets) in environments {
      if environment.isEmpty { report("Empty saltenv statement in top file") }
      for (target, names) in targets {
        guard case .list(let items) = names else {
          report(
            "Malformed topfile: state declarations for matcher \(PythonText.repr(target)) in saltenv "
              + "\(PythonText.quoted(environment)) are not formed as a list (got \(PythonText.typeName(names)))",
            hint: "Below the target every SLS stands in a line of its own that begins with '- '.")
          continue
        }
        for item in items {
          if case .map(let map) = item {
            for value in map.values where value.isNull || value == "" || value == false {
              report(
                "Improperly formatted top file matcher in saltenv \(PythonText.repr(item)): "
                  + "\(PythonText.str(value)) file")
            }
          } else if item == "" {
            report("Environment \(PythonText.repr(item)) contains an empty sls index")
          }
        }
      }
    }
    return problems
  }

  /// The SLS of the matching targets by environment, in the order written, names as they stand there.
  ///
  /// - Throws: `StateProblem` for a target that cannot be read.
  func matches(_ matcher: TopMatcher) throws(StateProblem) -> OrderedDictionary<String, [String]> {
    var found: OrderedDictionary<String, [String]> = [:]
    for (environment, targets) in environments {
      if let only = matcher.environment, environment != only { continue }
      for (target, names) in targets {
        try collect(target, names, environment: environment, matcher, depth: 0, into: &found)
      }
    }
    return found
  }

  private func collect(
    _ target: Value, _ names: Value, environment: String, _ matcher: TopMatcher, depth: Int,
    into found: inout OrderedDictionary<String, [String]>
  ) throws(StateProblem) {
    let items = names.listValue ?? [names]
    guard depth < 20, try matcher.matches(PythonText.str(target), options: items) else { return }
    if found[environment] == nil { found[environment] = [] }
    for item in items {
      switch item {
      case .string(let name): found[environment]?.append(name)
      case .map(let map):
        if case .map(let subfilters)? = map["subfilter"] {
          for (target, names) in subfilters {
            try collect(target, names, environment: environment, matcher, depth: depth + 1, into: &found)
          }
        }
        guard let last = map.elements.last(where: { $0.key != "subfilter" }), case .string(let name) = last.value,
          matcher.environments.contains(last.key.description)
        else { continue }
        found[last.key.description, default: []].append(name)
      default: continue
      }
    }
  }
}
