/// Finds what a misspelt name was probably meant to be.
public enum NearestName {
  /// Longer names are not compared, nor more of them: a hint is not worth more.
  private static let lengthLimit = 200
  private static let countLimit = 5_000

  /// Up to three names within an edit distance of a third of the word, nearest first. The word itself is among them where
  /// it is a name; a name that shares nothing with the word is not.
  public static func candidates(for word: String, among names: [String]) -> [String] {
    let letters = Array(word.utf8)
    guard letters.count <= lengthLimit else { return [] }
    let limit = max(1, letters.count / 3)
    return names.prefix(countLimit)
      .filter { $0.utf8.count <= lengthLimit }
      .map { (name: $0, distance: distance(letters, Array($0.utf8), limit: limit)) }
      .filter { $0.distance <= limit && $0.distance < letters.count }
      .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
      .prefix(3).map(\.name)
  }

  /// Damerau's distance (a swap of neighbours counts as one); anything over `limit` is `limit + 1`.
  private static func distance(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int {
    guard abs(left.count - right.count) <= limit else { return limit + 1 }
    var before: [Int] = []
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
      var next = [i + 1]
      next.reserveCapacity(row.count)
      for (j, b) in right.enumerated() {
        var best = min(next[j] + 1, row[j + 1] + 1, row[j] + (a == b ? 0 : 1))
        if i > 0, j > 0, a == right[j - 1], left[i - 1] == b { best = min(best, before[j - 1] + 1) }
        next.append(best)
      }
      before = row
      row = next
    }
    return min(row[right.count], limit + 1)
  }
}
