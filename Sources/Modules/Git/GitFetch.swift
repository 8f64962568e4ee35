import HostSystem
import OrderedCollections
import Value

/// What git fetch prints.
enum GitFetch {
  /// `{new branches: […], new tags: […], updated branches: {name: {old, new}}, updated tags: […]}`.
  static func changes(_ output: String) -> ValueMap {
    var changes: ValueMap = [:]
    for line in output.splitLines() {
      guard let arrow = line.firstRange(of: "->") else { continue }
      var rest = line[..<arrow.lowerBound].trimmed()
      // `+` marks what was forced.
      if let mark = rest.first, "*+".contains(mark) { rest = rest.dropFirst().trimmed() }
      if rest.hasPrefix("["), let end = rest.firstIndex(of: "]") {
        let name = rest[rest.index(after: end)...].trimmed()
        switch rest[...end] {
        case "[new tag]": append(name, to: "new tags", &changes)
        case "[new branch]": append(name, to: "new branches", &changes)
        case "[tag update]": append(name, to: "updated tags", &changes)
        default: continue
        }
        continue
      }
      let fields = rest.split(separator: " ", maxSplits: 1).map(String.init)
      guard fields.count == 2, let dots = fields[0].firstRange(of: "..") else { continue }
      let (old, new) = (fields[0][..<dots.lowerBound], fields[0][dots.upperBound...].drop { $0 == "." })
      guard old.allSatisfy(\.isHexDigit), new.allSatisfy(\.isHexDigit) else { continue }
      var branches = changes["updated branches"]?.mapValue ?? [:]
      branches[.string(fields[1].trimmed())] = ["old": .string(String(old)), "new": .string(String(new))]
      changes["updated branches"] = .map(branches)
    }
    return changes
  }

  private static func append(_ name: String, to key: String, _ changes: inout ValueMap) {
    changes[.string(key)] = .list((changes[key]?.listValue ?? []) + [.string(name)])
  }
}
