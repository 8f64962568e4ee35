/// The kinds of the edges between two nodes, each once, in the order they were added: eight bytes instead of an array.
struct EdgeKinds: Sendable, Sequence {
  private var packed: UInt64 = 0
  private(set) var count = 0

  mutating func insert(_ kind: RequisiteKind) {
    guard !contains(kind) else { return }
    packed |= UInt64(kind.rawValue) << (4 * UInt64(count))
    count += 1
  }

  func makeIterator() -> AnyIterator<RequisiteKind> {
    var index = 0
    return AnyIterator {
      guard index < count else { return nil }
      defer { index += 1 }
      return self[index]
    }
  }

  subscript(_ index: Int) -> RequisiteKind? { RequisiteKind(rawValue: Int(packed >> (4 * UInt64(index)) & 15)) }

  private func contains(_ kind: RequisiteKind) -> Bool {
    for index in 0..<count where packed >> (4 * UInt64(index)) & 15 == UInt64(kind.rawValue) { return true }
    return false
  }
}
