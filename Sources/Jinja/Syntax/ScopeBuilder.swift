/// The variables of a part of a template while it is read.
final class ScopeBuilder {
  let parent: ScopeBuilder?
  let function: FunctionBuilder
  /// Whether its variables are the template's own, which others may import.
  let isTop: Bool
  private(set) var slots: [(name: String, slot: Int)] = []

  init(parent: ScopeBuilder?, function: FunctionBuilder, isTop: Bool = false) {
    self.parent = parent
    self.function = function
    self.isTop = isTop
  }

  func slot(of name: String) -> Int? { slots.first { $0.name == name }?.slot }

  /// The place of a variable of this scope.
  func declare(_ name: String) -> Int {
    if let slot = slot(of: name) { return slot }
    let slot = function.slotCount
    function.slotCount += 1
    slots.append((name, slot))
    return slot
  }

  func store(_ name: String) -> Statement.Store { isTop ? .top(name) : .slot(declare(name)) }

  /// All places in which a name may be, the innermost first.
  func places(of name: String) -> [NameReference.Place] {
    var places: [NameReference.Place] = []
    visit { scope, hops in if let slot = scope.slot(of: name) { places.append(.init(hops: hops, slot: slot)) } }
    return places
  }

  /// All variables in scope, the innermost first.
  func locals() -> [Statement.Local] {
    var locals: [Statement.Local] = []
    visit { scope, hops in
      for (name, slot) in scope.slots { locals.append(.init(name: name, hops: hops, slot: slot)) }
    }
    return locals
  }

  private func visit(_ body: (ScopeBuilder, Int) -> Void) {
    var scope: ScopeBuilder? = self
    var hops = 0
    while let current = scope {
      body(current, hops)
      if let parent = current.parent, parent.function !== current.function { hops += 1 }
      scope = current.parent
    }
  }
}
