/// A unified diff as Python's `difflib.unified_diff` writes it, three lines of context around each change.
enum UnifiedDiff {
  static let tooLarge = "<The difference is too large to show>"
  /// Lines of both texts together that are compared.
  static let lineLimit = 400_000

  /// The diff of two contents cut at `\n`; empty when they are the same.
  static func text(_ old: [UInt8], _ new: [UInt8], breaks: TextLines.Breaks = .newlines) -> String {
    lines(TextLines.split(old, at: breaks), TextLines.split(new, at: breaks)).joined()
  }

  /// The lines of the diff, those of the header with their ends, the others as they were given.
  static func lines(_ old: [TextLines.Line], _ new: [TextLines.Line], context: Int = 3) -> [String] {
    guard old != new else { return [] }
    guard old.count + new.count <= lineLimit else { return [tooLarge] }
    var matcher = SequenceMatcher(old, new)
    guard let operations = matcher.operations() else { return [tooLarge] }
    var lines = ["--- \n", "+++ \n"]
    for hunk in hunks(operations, context: context) {
      guard let first = hunk.first, let last = hunk.last else { continue }
      let before = position(first.old.lowerBound..<last.old.upperBound)
      let after = position(first.new.lowerBound..<last.new.upperBound)
      lines.append("@@ -\(before) +\(after) @@\n")
      for operation in hunk {
        if operation.isEqual {
          lines += old[operation.old].map { " " + TextLines.decoded($0) }
        } else {
          lines += old[operation.old].map { "-" + TextLines.decoded($0) }
          lines += new[operation.new].map { "+" + TextLines.decoded($0) }
        }
      }
    }
    return lines
  }

  private static func hunks(
    _ operations: [SequenceMatcher.Operation], context: Int
  ) -> [[SequenceMatcher.Operation]] {
    var operations = operations
    if let first = operations.first, first.isEqual { operations[0] = tail(of: first, context) }
    if let last = operations.last, last.isEqual { operations[operations.count - 1] = head(of: last, context) }
    var hunks: [[SequenceMatcher.Operation]] = []
    var hunk: [SequenceMatcher.Operation] = []
    for operation in operations {
      guard operation.isEqual, operation.old.count > 2 * context else {
        hunk.append(operation)
        continue
      }
      hunks.append(hunk + [head(of: operation, context)])
      hunk = [tail(of: operation, context)]
    }
    if hunk.contains(where: { !$0.isEqual }) { hunks.append(hunk) }
    return hunks
  }

  private static func head(of operation: SequenceMatcher.Operation, _ count: Int) -> SequenceMatcher.Operation {
    let (old, new) = (operation.old, operation.new)
    return SequenceMatcher.Operation(
      isEqual: true, old: old.lowerBound..<min(old.upperBound, old.lowerBound + count),
      new: new.lowerBound..<min(new.upperBound, new.lowerBound + count))
  }

  private static func tail(of operation: SequenceMatcher.Operation, _ count: Int) -> SequenceMatcher.Operation {
    let (old, new) = (operation.old, operation.new)
    return SequenceMatcher.Operation(
      isEqual: true, old: max(old.lowerBound, old.upperBound - count)..<old.upperBound,
      new: max(new.lowerBound, new.upperBound - count)..<new.upperBound)
  }

  private static func position(_ range: Range<Int>) -> String {
    switch range.count {
    case 0: "\(range.lowerBound),0"
    case 1: "\(range.lowerBound + 1)"
    default: "\(range.lowerBound + 1),\(range.count)"
    }
  }
}
