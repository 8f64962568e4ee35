import Functions
import Glibc
import HostSystem

/// A version as a state writes it: `1.2`, `1.2*`, `>=1.2,<2`.
struct VersionRequirement: Sendable, Hashable {
  struct Condition: Sendable, Hashable {
    var comparison: String
    var version: String
  }

  private static let comparisons = ["<=>", "!=", ">=", "<=", ">>", "<<", "<>", ">", "<", "="]

  var conditions: [Condition]

  init(_ text: String) {
    let text = text.trimmed()
    conditions = text.isEmpty ? [] : text.split(separator: ",", omittingEmptySubsequences: false).map(Self.condition)
  }

  private static func condition(_ text: Substring) -> Condition {
    let text = text.trimmed()
    let comparison = comparisons.first { text.hasPrefix($0) } ?? ""
    let rest = text.dropFirst(comparison.count)
    let version = rest.first == " " ? rest.dropFirst() : rest
    // What holds another sign is no comparison but a version that nothing fulfils.
    guard !version.isEmpty, !version.contains(where: { "<>=".contains($0) }) else {
      return Condition(comparison: "==", version: text)
    }
    return Condition(comparison: comparison.isEmpty || comparison == "=" ? "==" : comparison, version: String(version))
  }

  /// The one version asked for; nil for comparisons and patterns.
  var exact: String? {
    guard conditions.count == 1, let condition = conditions.first, condition.comparison == "==",
      !PackageName.isPattern(condition.version)
    else { return nil }
    return condition.version
  }

  /// Whether one of the versions fulfils all conditions.
  ///
  /// - Parameters:
  ///   - ignoringEpoch: nil leaves epochs out where the requirement has none and compares for equality.
  ///   - allowingUpdates: one plain version means at least that one.
  func isFulfilled(
    by versions: [String], _ provider: any PackageProvider, ignoringEpoch: Bool? = nil, allowingUpdates: Bool = false
  ) -> Bool {
    versions.contains { version in
      conditions.allSatisfy { condition in
        var condition = condition
        if allowingUpdates, conditions.count == 1, condition.comparison == "==" { condition.comparison = ">=" }
        return Self.isFulfilled(condition, by: version, provider, ignoringEpoch: ignoringEpoch)
      }
    }
  }

  private static func isFulfilled(
    _ condition: Condition, by version: String, _ provider: any PackageProvider, ignoringEpoch: Bool?
  ) -> Bool {
    if condition.comparison == "==", fnmatch(condition.version, version, 0) == 0 { return true }
    let isOrdering = condition.comparison.contains { "<>".contains($0) }
    let ignoring = ignoringEpoch ?? (!isOrdering && !condition.version.contains(":"))
    guard let order = provider.order(version, condition.version, ignoringEpoch: ignoring) else { return false }
    return switch condition.comparison {
    case "==": order == 0
    case "!=": order != 0
    case "<": order < 0
    case "<=": order <= 0
    case ">": order > 0
    case ">=": order >= 0
    default: false
    }
  }
}
