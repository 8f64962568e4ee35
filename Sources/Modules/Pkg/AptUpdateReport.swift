import HostSystem
import OrderedCollections
import Value

/// Reads what `apt-get -q update` prints: one line a list, `Hit:1 http://deb.debian.org/debian bookworm InRelease`.
enum AptUpdateReport {
  /// Salt's shape: fetched anew true, unchanged null, failed false.
  static func parse(_ lines: [String]) -> RepositoryRefresh {
    var repositories: ValueMap = [:]
    var failed: [String] = []
    for line in lines {
      let words = line.fields()
      guard let first = words.first, words.count > 1 else { continue }
      let verb = first.prefix { $0 != ":" }
      guard first == verb || first.dropFirst(verb.count + 1).allSatisfy(\.isNumber) else { continue }
      let name = withoutSize(words.dropFirst().joined(separator: " "))
      switch verb {
      case "Get":
        repositories[name] = true
        // Another form of the same list, tried after one that is not there, may be.
        failed.removeAll { $0 == name }
      case "Hit": repositories[name] = repositories[name] ?? .null
      case "Ign": repositories[name] = false
      case "Err":
        repositories[name] = false
        if !failed.contains(name) { failed.append(name) }
      default: continue
      }
    }
    return RepositoryRefresh(value: .map(repositories), failed: failed)
  }

  /// Without the ` [48.0 kB]` that a fetched list ends with.
  private static func withoutSize(_ text: String) -> String {
    guard text.hasSuffix("B]"), let bracket = text.lastIndex(of: "[") else { return text }
    return text[..<bracket].trimmed()
  }
}
