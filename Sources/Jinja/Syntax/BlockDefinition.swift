/// `{% block name scoped required %}`.
final class BlockDefinition: Sendable {
  let name: String
  let isScoped: Bool
  let isRequired: Bool
  let body: [Statement]
  let slotCount: Int
  let superSlot: Int
  let offset: Int
  /// Whether it stands outside of loops and the like: a template that extends another prints it there only.
  let isTopLevel: Bool
  let locals: Int

  init(
    name: String, isScoped: Bool, isRequired: Bool, body: [Statement], slotCount: Int, superSlot: Int, offset: Int,
    isTopLevel: Bool, locals: Int
  ) {
    self.name = name
    self.isScoped = isScoped
    self.isRequired = isRequired
    self.body = body
    self.slotCount = slotCount
    self.superSlot = superSlot
    self.offset = offset
    self.isTopLevel = isTopLevel
    self.locals = locals
  }
}
