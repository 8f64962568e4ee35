/// Writes folded host sets out.
enum HostSetExpansion {
  /// Calls with each name, after the whole text is read and the number of names is known to be within the limit.
  static func forEachName(
    in text: String, at position: SourcePosition, limit: Int, _ body: (String) -> Void
  ) throws(TargetError) {
    guard text.utf8.count <= TargetLimits.textBytes else {
      throw TargetError(.tooLarge, "A list of hosts is at most \(TargetLimits.textBytes) bytes.", text: "", column: 1)
    }
    var reader = FoldedNameReader(text, at: position)
    var patterns: [FoldedName] = []
    var total = 0
    while let pattern = try reader.next() {
      let (sum, overflow) = total.addingReportingOverflow(pattern.count)
      guard !overflow, sum <= limit else {
        throw TargetError(.tooLarge, "This stands for more than \(limit) hosts.", at: pattern.position)
      }
      total = sum
      patterns.append(pattern)
    }
    for pattern in patterns { pattern.forEachName(body) }
  }
}
