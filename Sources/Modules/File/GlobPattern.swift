/// A shell pattern for one name: `*`, `?`, `[a-z]`, `[!a]` or `[^a]`. Time is bounded by pattern × text: only the last
/// star is ever tried again.
struct GlobPattern: Sendable {
  private enum Piece: Sendable {
    case star
    case any
    case one(Unicode.Scalar)
    case set([ClosedRange<UInt32>], isNegated: Bool)
  }

  private let pieces: [Piece]

  init(_ pattern: String) {
    let scalars = Array(pattern.unicodeScalars)
    var pieces: [Piece] = []
    var index = 0
    while index < scalars.count {
      switch scalars[index] {
      case "*": pieces.append(.star)
      case "?": pieces.append(.any)
      case "[":
        if let (set, end) = Self.set(scalars, from: index + 1) {
          pieces.append(set)
          index = end
        } else {
          pieces.append(.one("["))
        }
      case let scalar: pieces.append(.one(scalar))
      }
      index += 1
    }
    self.pieces = pieces
  }

  /// Whether the text has anything that a pattern reads as more than itself.
  static func isPattern(_ text: String) -> Bool { text.unicodeScalars.contains { "*?[".unicodeScalars.contains($0) } }

  func matches(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    var piece = 0
    var index = 0
    var retry: (piece: Int, index: Int)?
    while index < scalars.count {
      if piece < pieces.count, case .star = pieces[piece] {
        retry = (piece + 1, index)
        piece += 1
      } else if piece < pieces.count, Self.accepts(pieces[piece], scalars[index]) {
        piece += 1
        index += 1
      } else if let last = retry {
        retry = (last.piece, last.index + 1)
        (piece, index) = (last.piece, last.index + 1)
      } else {
        return false
      }
    }
    return pieces[piece...].allSatisfy { if case .star = $0 { true } else { false } }
  }

  private static func accepts(_ piece: Piece, _ scalar: Unicode.Scalar) -> Bool {
    switch piece {
    case .star: false
    case .any: true
    case .one(let expected): expected == scalar
    case .set(let ranges, let isNegated): ranges.contains { $0.contains(scalar.value) } != isNegated
    }
  }

  /// The set that begins after a `[`, and the index of its `]`; nil when it is never closed.
  private static func set(_ scalars: [Unicode.Scalar], from start: Int) -> (Piece, Int)? {
    var index = start
    let isNegated = index < scalars.count && (scalars[index] == "!" || scalars[index] == "^")
    if isNegated { index += 1 }
    var ranges: [ClosedRange<UInt32>] = []
    var isFirst = true
    while index < scalars.count {
      if scalars[index] == "]", !isFirst { return (.set(ranges, isNegated: isNegated), index) }
      isFirst = false
      let low = scalars[index].value
      if index + 2 < scalars.count, scalars[index + 1] == "-", scalars[index + 2] != "]" {
        let high = scalars[index + 2].value
        if low <= high { ranges.append(low...high) }
        index += 3
      } else {
        ranges.append(low...low)
        index += 1
      }
    }
    return nil
  }
}
