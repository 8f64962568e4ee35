extension Evaluation {
  func run(_ loop: ForLoop, _ frame: Frame) throws {
    let value = try evaluate(loop.sequence, frame)
    place = loop.sequence.offset
    let source = try LoopSource(value, self)
    if loop.isRecursive {
      try runRecursive(loop, source, level: 0, frame)
    } else {
      try run(loop, source, level: 0, outer: frame, inner: frame)
    }
  }

  /// A level of a recursive loop, with variables of its own.
  func runRecursive(_ loop: ForLoop, _ source: LoopSource, level: Int, _ frame: Frame) throws {
    let inner = Frame(slotCount: loop.slotCount, parent: frame, context: frame.context, template: frame.template)
    try run(loop, source, level: level, outer: frame, inner: inner)
  }

  private func run(
    _ loop: ForLoop, _ source: LoopSource, level: Int, outer: Frame, inner: Frame
  ) throws {
    let state = LoopObject(source, level: level, loop, outer, self)
    defer { if inner.slots.indices.contains(loop.loopSlot) { inner.slots[loop.loopSlot] = nil } }
    // As in Jinja, a pass that `break` or `continue` ends does not keep the `else` from running.
    var hasPassed = false
    while let element = try state.advance() {
      try charge()
      for slot in loop.body.slots { inner.slots[slot] = nil }
      inner.slots[loop.loopSlot] = .object(state)
      place = loop.offset
      try assign(element, to: loop.target, inner)
      let flow = try execute(loop.body.body, inner)
      if case .leaveLoop = flow { break }
      if case .onward = flow { hasPassed = true }
    }
    if !hasPassed, let otherwise = loop.otherwise { _ = try execute(otherwise, outer) }
  }

  /// Whether the `if` of a loop lets an element in.
  func admits(_ element: TemplateValue, _ loop: ForLoop, _ frame: Frame) throws -> Bool {
    guard let test = loop.test else { return true }
    for slot in test.slots { frame.slots[slot] = nil }
    place = loop.offset
    try assign(element, to: test.target, frame)
    return try isTrue(test.condition, frame)
  }
}
