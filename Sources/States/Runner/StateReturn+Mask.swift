import OrderedCollections
import Value

extension StateReturn {
  /// Hides what the state was about (`no_log`), as Salt does.
  mutating func mask() {
    name = PillarMask.mask(name)
    comment = comment.isEmpty ? comment : PillarMask.text
    changes = PillarMask.mask(.map(changes)).mapValue ?? [:]
  }
}
