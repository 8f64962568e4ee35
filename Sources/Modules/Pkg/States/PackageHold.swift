import Functions
import OrderedCollections
import Value

/// Holding packages, or letting go of them, as states report it.
struct PackageHold: Sendable {
  struct Outcome: Sendable {
    var name: String
    /// Nil in test mode where something would change.
    var result: Bool?
    var comment: String
    var changes: ValueMap = [:]

    /// What `pkg.hold` returns of a package.
    var value: Value {
      [
        "name": .string(name), "changes": .map(changes), "result": result.map(Value.bool) ?? .null,
        "comment": .string(comment),
      ]
    }
  }

  var provider: any PackageProvider
  var isTest: Bool

  func set(_ isHeld: Bool, _ names: [String]) async throws -> [Outcome] {
    let held = Set(try await provider.holds(isFull: false))
    var outcomes: [Outcome] = []
    for name in names {
      guard provider.isValid(name: name) else { throw PackageName.refusal(name) }
      if held.contains(name) == isHeld {
        outcomes.append(
          Outcome(
            name: name, result: true, comment: "Package \(name) is already set \(isHeld ? "" : "not ")to be held."))
      } else if isTest {
        outcomes.append(
          Outcome(name: name, result: nil, comment: "Package \(name) is set \(isHeld ? "" : "not ")to be held."))
      } else {
        try await provider.setHold(isHeld, name)
        let words = provider is AptProvider ? ("install", "hold") : ("", "hold")
        let changes: ValueMap = [
          "old": .string(isHeld ? words.0 : words.1), "new": .string(isHeld ? words.1 : words.0),
        ]
        outcomes.append(
          Outcome(
            name: name, result: true, comment: "Package \(name) is \(isHeld ? "now" : "no longer") being held.",
            changes: changes))
      }
    }
    return outcomes
  }
}
