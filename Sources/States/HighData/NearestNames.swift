import Functions
import Value

/// Names near a misspelt one, for hints.
enum NearestNames {
  static func of(_ name: String, among names: [String]) -> [String] {
    guard name.utf8.count <= 200 else { return [] }
    return NearestName.candidates(for: name, among: names.filter { $0.utf8.count <= 200 && $0 != name })
  }
}
