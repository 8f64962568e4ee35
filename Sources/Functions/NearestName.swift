/// Finds what a misspelt name was probably meant to be.
public enum NearestName {
  /// Up to three names within an edit distance of a third of the word, nearest first.
  public static func candidates(for word: String, among names: [String]) -> [String] {
    let limit = max(1, word.count / 3)
    return names.map { (name: $0, distance: distance(Array(word.utf8), Array($0.utf8), limit: limit)) }
      .filter { $0.distance <= limit }
      .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
      .prefix(3).map(\.name)
  }

  /// Levenshtein's distance; anything over `limit` is reported as `limit + 1`.
  private static func distance(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int {
    guard abs(left.count - right.count) <= limit else { return limit + 1 }
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, b) in right.enumerated() {
        let next = min(row[j] + 1, row[j + 1] + 1, diagonal + (a == b ? 0 : 1))
        diagonal = row[j + 1]
        row[j + 1] = next
      }
    }
    return min(row[right.count], limit + 1)
  }
}
