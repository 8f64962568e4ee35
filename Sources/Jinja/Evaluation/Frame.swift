/// The variables of one run of a template, macro, block or recursive loop.
final class Frame {
  /// Nil: not set.
  var slots: [TemplateValue?]
  let parent: Frame?
  let context: Context
  let template: Template
  /// Whether a macro holds it.
  var isCaptured = false

  init(slotCount: Int, parent: Frame?, context: Context, template: Template) {
    slots = [TemplateValue?](repeating: nil, count: slotCount)
    self.parent = parent
    self.context = context
    self.template = template
  }

  deinit { clear() }

  func isUnset(_ slot: Int) -> Bool { if case nil = slots[slot] { true } else { false } }

  func clear() {
    var values = slots.compactMap { $0 }
    slots = []
    Teardown.release(&values)
  }
}
