import Targeting
import Testing

/// A target and the ids of the fleet that Salt matches with it.
struct TargetCase: Sendable, CustomTestStringConvertible {
  var kind: TargetKind
  var text: String
  var ids: [String]

  init(_ kind: TargetKind, _ text: String, _ ids: [String]) {
    self.kind = kind
    self.text = text
    self.ids = ids
  }

  var testDescription: String { "\(kind) \(text)" }
}
