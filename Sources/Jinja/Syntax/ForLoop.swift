/// `{% for target in sequence if test recursive %}`.
final class ForLoop: Sendable {
  let target: Statement.Target
  let sequence: Expression
  /// The test and its own target variables: it does not see `loop`.
  let test: (target: Statement.Target, condition: Expression, slots: [Int])?
  let isRecursive: Bool
  let body: Statement.Scope
  let loopSlot: Int
  let otherwise: Statement.Scope?
  let offset: Int
  /// The slots of a frame for the body, when the loop is recursive.
  let slotCount: Int

  init(
    target: Statement.Target, sequence: Expression,
    test: (target: Statement.Target, condition: Expression, slots: [Int])?, isRecursive: Bool, body: Statement.Scope,
    loopSlot: Int, otherwise: Statement.Scope?, offset: Int, slotCount: Int
  ) {
    self.target = target
    self.sequence = sequence
    self.test = test
    self.isRecursive = isRecursive
    self.body = body
    self.loopSlot = loopSlot
    self.otherwise = otherwise
    self.offset = offset
    self.slotCount = slotCount
  }
}
