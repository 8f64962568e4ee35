/// The characters that `[…]` of a glob stands for.
struct GlobSet: Sendable {
  private let isNegated: Bool
  private let ranges: [ClosedRange<UInt32>]

  init(isNegated: Bool, ranges: [ClosedRange<UInt32>]) {
    self.isNegated = isNegated
    self.ranges = ranges
  }

  func contains(_ scalar: UInt32) -> Bool { ranges.contains { $0.contains(scalar) } != isNegated }

  /// Reads what stands between the brackets, by the rules of Python's `fnmatch` to the letter: an upside-down range
  /// like `z-a` takes both its ends away, and a `!` that comes to the front by that negates.
  init(between content: ArraySlice<Unicode.Scalar>) {
    var items: [(scalar: Unicode.Scalar, isRange: Bool)] = []
    for (index, chunk) in Self.chunks(content).enumerated() {
      if index > 0 { items.append(("-", true)) }
      items += chunk.map { ($0, false) }
    }
    var rest = items[...]
    isNegated = rest.first.map { $0.scalar == "!" && !$0.isRange } ?? false
    if isNegated { rest.removeFirst() }
    var ranges: [ClosedRange<UInt32>] = []
    while let item = rest.popFirst() {
      let low = item.scalar.value
      let high = rest.dropFirst().first?.scalar.value ?? 0
      if rest.count > 1, rest.first?.isRange == true, low <= high {
        ranges.append(low...high)
        rest.removeFirst(2)
      } else {
        ranges.append(low...low)
      }
    }
    self.ranges = ranges
  }

  /// The content cut at the hyphens that make a range; each cut joins the last of one chunk to the first of the next.
  private static func chunks(_ content: ArraySlice<Unicode.Scalar>) -> [[Unicode.Scalar]] {
    guard content.contains("-") else { return [Array(content)] }
    var chunks: [[Unicode.Scalar]] = []
    var start = content.startIndex
    var search = start + (content.first == "!" ? 2 : 1)
    while search < content.endIndex, let hyphen = content[search...].firstIndex(of: "-") {
      chunks.append(Array(content[start..<hyphen]))
      start = hyphen + 1
      search = hyphen + 3
    }
    if start < content.endIndex {
      chunks.append(Array(content[start...]))
    } else if !chunks.isEmpty {
      chunks[chunks.count - 1].append("-")
    }
    for index in stride(from: chunks.count - 1, to: 0, by: -1) {
      guard let low = chunks[index - 1].last, let high = chunks[index].first, low > high else { continue }
      chunks[index - 1] = chunks[index - 1].dropLast() + chunks[index].dropFirst()
      chunks.remove(at: index)
    }
    return chunks
  }
}
