import OrderedCollections
import Value

/// Compares what a call gave with what Salt gave; each difference is a sentence.
struct CaseComparison {
  private(set) var differences: [String] = []

  /// - Parameter results: the case's list of results.
  mutating func compareStates(_ results: [Value], _ value: Value?, _ label: String) {
    guard case .map(let map)? = value else {
      differences.append("\(label): no states but \(value.map(\.description) ?? "an error")")
      return
    }
    let wanted = results.compactMap { $0["tag"]?.description }
    let given = map.elements.map { ($0.key.description, $0.value) }
      .sorted { ($0.1["__run_num__"]?.intValue ?? 0) < ($1.1["__run_num__"]?.intValue ?? 0) }
    if wanted != given.map(\.0) { differences.append("\(label): order is \(given.map(\.0)), not \(wanted)") }
    for result in results {
      let tag = result["tag"]?.description ?? ""
      guard let own = map[tag] else { continue }
      compare(result, Self.normalized(own), "\(label) \(tag)")
    }
  }

  private mutating func compare(_ wanted: Value, _ given: Value, _ label: String) {
    for (key, value) in wanted.mapValue ?? [:] where key != "tag" {
      switch key {
      case "comment_contains": contains(value, given["comment"]?.description ?? "", "\(label) comment")
      case "sls": differ(value, given["__sls__"] ?? .null, "\(label) __sls__")
      case "comment" where Self.isException(value, given["comment"]): continue
      default: differ(value, given[key.description], "\(label) \(key)")
      }
    }
    let known = ["name", "__id__", "__sls__", "__run_num__", "start_time", "duration"].map(Value.string)
    for (key, value) in given.mapValue ?? [:] where wanted[key.description] == nil && !known.contains(key) {
      if key == "comment", wanted["comment_contains"] != nil { continue }
      // A hint of Brine's own.
      if key == "warnings", value[0]?.description.contains("Did you mean ") == true { continue }
      differences.append("\(label) has \(key): \(value)")
    }
  }

  /// Both say that the state raised something; what a traceback says is Python's.
  private static func isException(_ wanted: Value, _ given: Value?) -> Bool {
    let lead = "An exception occurred in this state: "
    return wanted.stringValue?.hasPrefix(lead) == true && given?.stringValue?.hasPrefix(lead) == true
  }

  mutating func differ(_ wanted: Value, _ given: Value?, _ label: String) {
    // The order of keys is nobody's promise.
    guard given.map(CaseText.sorted) != CaseText.sorted(wanted) else { return }
    differences.append(
      "\(label) is\n    \(given.map(JSONWriter.compact) ?? "missing")\n  not\n    \(JSONWriter.compact(wanted))")
  }

  private mutating func contains(_ parts: Value, _ text: String, _ label: String) {
    var rest = text[...]
    for part in parts.listValue ?? [] {
      guard let range = rest.firstRange(of: part.description) else {
        differences.append("\(label) lacks \(part): \(text)")
        return
      }
      rest = rest[range.upperBound...]
    }
  }

  /// Messages: as many as Salt's, in any words.
  mutating func compareErrors(_ wanted: Value, _ value: Value?, _ label: String) {
    guard case .list(let given)? = value else {
      differences.append("\(label): not refused: \(value.map(\.description) ?? "thrown")")
      return
    }
    let count = wanted.listValue?.count ?? 0
    // Salt often repeats what it said in other words.
    if given.isEmpty || given.count > count {
      differences.append("\(label): \(given.count) messages, not \(count): \(given)")
    }
  }

  mutating func compareFiles(_ wanted: Value, _ given: ValueMap, _ label: String) {
    let wanted = wanted.mapValue ?? [:]
    for (path, entry) in wanted {
      let path = path.description.hasPrefix("%ROOT%/") ? String(path.description.dropFirst(7)) : path.description
      guard let own = given[path] else {
        differences.append("\(label): \(path) is missing")
        continue
      }
      for (key, value) in entry.mapValue ?? [:] where key != "hardlink" {
        differ(
          key == "content" ? .string(CaseText.text(value)) : value, own[key.description], "\(label) \(path) \(key)")
      }
    }
    let known = Set(wanted.keys.map { $0.description.replacing("%ROOT%/", with: "") })
    for path in given.keys.map(\.description) where !known.contains(path) {
      differences.append("\(label): there is \(path)")
    }
  }

  /// Without what differs from run to run, as the recorder does.
  private static func normalized(_ value: Value) -> Value {
    guard case .map(var map) = value else { return value }
    if case .map(var changes)? = map["changes"] {
      if changes["pid"] != nil { changes["pid"] = 0 }
      map["changes"] = .map(changes)
    }
    let lead = "One or more requisite failed: "
    if let comment = map["comment"]?.stringValue, comment.hasPrefix(lead) {
      let names = comment.dropFirst(lead.count).split(separator: ", ").sorted()
      map["comment"] = .string(lead + names.joined(separator: ", "))
    }
    return .map(map)
  }
}
