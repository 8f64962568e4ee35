/// A unified diff with one hunk from the first line that differs to the last one: right for a change in one place.
enum SingleHunkDiff {
  /// Empty when both are the same.
  static func diff(_ old: String, _ new: String, context: Int = 3) -> String {
    guard old != new else { return "" }
    let (before, after) = (lines(old), lines(new))
    let shorter = min(before.count, after.count)
    var head = 0
    while head < shorter, before[head] == after[head] { head += 1 }
    var tail = 0
    while tail < shorter - head, before[before.count - 1 - tail] == after[after.count - 1 - tail] { tail += 1 }
    let first = max(0, head - context)
    let kept = min(tail, context)
    let oldRange = first..<(before.count - tail + kept)
    let newRange = first..<(after.count - tail + kept)
    var text = "--- \n+++ \n@@ -\(position(oldRange)) +\(position(newRange)) @@\n"
    for line in before[first..<head] { text += " \(line)\n" }
    for line in before[head..<(before.count - tail)] { text += "-\(line)\n" }
    for line in after[head..<(after.count - tail)] { text += "+\(line)\n" }
    for line in before[(before.count - tail)..<oldRange.upperBound] { text += " \(line)\n" }
    return text
  }

  private static func position(_ range: Range<Int>) -> String {
    switch range.count {
    case 0: "\(range.lowerBound),0"
    case 1: "\(range.lowerBound + 1)"
    default: "\(range.lowerBound + 1),\(range.count)"
    }
  }

  /// Lines without their newline; a missing last one is marked, so that it makes a difference.
  private static func lines(_ text: String) -> [String] {
    guard !text.isEmpty else { return [] }
    var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    if lines.last?.isEmpty == true {
      lines.removeLast()
    } else {
      lines[lines.count - 1] += "\n\\ No newline at end of file"
    }
    return lines
  }
}
