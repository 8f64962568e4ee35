/// A macro, or the body of a `call` tag.
final class MacroDefinition: Sendable {
  struct Parameter: Sendable {
    var name: String
    var slot: Int
    var defaultValue: Expression?
  }

  /// Nil for the body of a `call` tag.
  let name: String?
  let parameters: [Parameter]
  let body: [Statement]
  let slotCount: Int
  /// Slots of the special variables, if the body mentions them.
  let callerSlot: Int?
  let namedSlot: Int?
  let positionalSlot: Int?
  let offset: Int

  init(
    name: String?, parameters: [Parameter], body: [Statement], slotCount: Int, callerSlot: Int?, namedSlot: Int?,
    positionalSlot: Int?, offset: Int
  ) {
    self.name = name
    self.parameters = parameters
    self.body = body
    self.slotCount = slotCount
    self.callerSlot = callerSlot
    self.namedSlot = namedSlot
    self.positionalSlot = positionalSlot
    self.offset = offset
  }
}
