/// Finds what two sequences of lines have in common, by the algorithm of Ratcliff and Obershelp with the choices of
/// Python's `difflib`: the longest common run first, the earliest of several, then the same before and after it. In a
/// sequence of 200 lines or more a line that makes up over a hundredth of it begins no run.
struct SequenceMatcher {
  struct Block: Hashable {
    var old: Int
    var new: Int
    var count: Int
  }

  /// What turns one range of the old sequence into one of the new.
  struct Operation: Hashable {
    var isEqual: Bool
    var old: Range<Int>
    var new: Range<Int>
  }

  /// Comparisons after which it is given up: about half a second.
  static let stepLimit = 60_000_000

  private let old: [Int]
  private let new: [Int]
  /// Where each line stands in the new sequence.
  private var places: [[Int]]
  private var steps = 0

  init(_ oldLines: [TextLines.Line], _ newLines: [TextLines.Line]) {
    var numbers: [TextLines.Line: Int] = [:]
    func number(_ line: TextLines.Line) -> Int {
      if let number = numbers[line] { return number }
      numbers[line] = numbers.count
      return numbers.count - 1
    }
    old = oldLines.map(number)
    new = newLines.map(number)
    places = Array(repeating: [], count: numbers.count)
    for (index, line) in new.enumerated() { places[line].append(index) }
    if new.count >= 200 {
      let most = new.count / 100 + 1
      for line in places.indices where places[line].count > most { places[line] = [] }
    }
  }

  /// The operations in order; nil when it takes too long.
  mutating func operations() -> [Operation]? {
    guard let blocks = blocks() else { return nil }
    var operations: [Operation] = []
    var (i, j) = (0, 0)
    for block in blocks {
      if i < block.old || j < block.new {
        operations.append(Operation(isEqual: false, old: i..<block.old, new: j..<block.new))
      }
      (i, j) = (block.old + block.count, block.new + block.count)
      if block.count > 0 {
        operations.append(Operation(isEqual: true, old: block.old..<i, new: block.new..<j))
      }
    }
    return operations
  }

  /// The common runs in order, those that touch as one, and an empty one at the end.
  private mutating func blocks() -> [Block]? {
    var waiting = [(0..<old.count, 0..<new.count)]
    var found: [Block] = []
    while let (oldRange, newRange) = waiting.popLast() {
      guard let block = longestBlock(oldRange, newRange) else { return nil }
      guard block.count > 0 else { continue }
      found.append(block)
      if oldRange.lowerBound < block.old, newRange.lowerBound < block.new {
        waiting.append((oldRange.lowerBound..<block.old, newRange.lowerBound..<block.new))
      }
      let (oldEnd, newEnd) = (block.old + block.count, block.new + block.count)
      if oldEnd < oldRange.upperBound, newEnd < newRange.upperBound {
        waiting.append((oldEnd..<oldRange.upperBound, newEnd..<newRange.upperBound))
      }
    }
    found.sort { ($0.old, $0.new) < ($1.old, $1.new) }
    var joined: [Block] = []
    for block in found {
      if let last = joined.last, last.old + last.count == block.old, last.new + last.count == block.new {
        joined[joined.count - 1].count += block.count
      } else {
        joined.append(block)
      }
    }
    return joined + [Block(old: old.count, new: new.count, count: 0)]
  }

  private mutating func longestBlock(_ oldRange: Range<Int>, _ newRange: Range<Int>) -> Block? {
    var best = Block(old: oldRange.lowerBound, new: newRange.lowerBound, count: 0)
    // How long the run is that ends with this line of the old sequence, by its end in the new one.
    var lengths: [Int: Int] = [:]
    for i in oldRange {
      var next: [Int: Int] = [:]
      for j in places[old[i]] {
        if j < newRange.lowerBound { continue }
        if j >= newRange.upperBound { break }
        let length = (lengths[j - 1] ?? 0) + 1
        next[j] = length
        if length > best.count { best = Block(old: i - length + 1, new: j - length + 1, count: length) }
      }
      steps += places[old[i]].count + 1
      guard steps <= Self.stepLimit else { return nil }
      lengths = next
    }
    // Lines too frequent to begin a run may still lengthen one.
    while best.old > oldRange.lowerBound, best.new > newRange.lowerBound, old[best.old - 1] == new[best.new - 1] {
      best = Block(old: best.old - 1, new: best.new - 1, count: best.count + 1)
    }
    while best.old + best.count < oldRange.upperBound, best.new + best.count < newRange.upperBound,
      old[best.old + best.count] == new[best.new + best.count]
    { best.count += 1 }
    return best
  }
}
