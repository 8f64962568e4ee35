import OrderedCollections
import Value

/// What the package database holds at one moment: versions by name, of which there may be several (kernels).
struct PackageState: Sendable, Hashable {
  /// On the host and usable.
  var installed: [String: [String]] = [:]
  /// Removed, with configuration files left.
  var removed: [String: [String]] = [:]
  /// Marked for purging, still installed because others need it.
  var purgeDesired: [String: [String]] = [:]
  /// Unpacked but not configured: what an interrupted or failed run leaves.
  var broken: [String: String] = [:]
  /// Held, as dpkg has it; dnf keeps its holds elsewhere.
  var held: Set<String> = []

  /// What is there, in whatever mood.
  var present: [String: [String]] { installed.merging(purgeDesired) { first, _ in first } }

  /// Several versions in one text, as Salt joins them.
  static func text(_ versions: [String]?) -> String { (versions ?? []).joined(separator: ",") }

  /// `{name: version}`, or `{name: [version]}`, sorted by name.
  static func value(_ packages: [String: [String]], asLists: Bool) -> Value {
    var map: ValueMap = [:]
    for (name, versions) in packages.sorted(by: { $0.key < $1.key }) {
      map[name] = asLists ? .strings(versions) : .string(text(versions))
    }
    return .map(map)
  }
}
