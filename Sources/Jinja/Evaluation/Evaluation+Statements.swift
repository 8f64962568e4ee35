extension Evaluation {
  func execute(_ body: [Statement], _ frame: Frame) throws -> Flow {
    for statement in body {
      let flow = try execute(statement, frame)
      guard case .onward = flow else { return flow }
    }
    return .onward
  }

  private func execute(_ statement: Statement, _ frame: Frame) throws -> Flow {
    try charge()
    switch statement {
    case .text(let text): try write(text)
    case .print(let expression): try print(expression, frame)
    case .expression(let expression): _ = try evaluate(expression, frame)
    case .assign(let target, let expression, let offset):
      let value = try evaluate(expression, frame)
      place = offset
      try assign(value, to: target, frame)
    case .conditional(let branches, let otherwise):
      for branch in branches where try isTrue(branch.test, frame) { return try execute(branch.body, frame) }
      return try execute(otherwise, frame)
    case .forLoop(let loop): try run(loop, frame)
    case .breakLoop: return .leaveLoop
    case .continueLoop: return .nextElement
    default:
      guard stack.hasRoom else { throw TemplateFailure(.limit, "the template nests too deep") }
      return try executeRest(statement, frame)
    }
    return .onward
  }

  private func executeRest(_ statement: Statement, _ frame: Frame) throws -> Flow {
    switch statement {
    case .assignBlock(let target, let filter, let scope, let offset):
      var value = TemplateValue.string(try capture { _ = try execute(scope, frame) })
      if isEscaping { value = .markup(value.stringValue ?? "") }
      if let filter { value = try apply(filter, to: value, frame) }
      place = offset
      try assign(value, to: target, frame)
    case .filterBlock(let filter, let scope):
      let text = try capture { _ = try execute(scope, frame) }
      try print(try apply(filter, to: .string(text), frame), at: filter.offset)
    case .with(let assignments, let scope, let offset): return try executeWith(assignments, scope, offset, frame)
    case .autoescape(let value, let scope):
      let wasEscaping = isEscaping
      isEscaping = try isTrue(value, frame)
      defer { isEscaping = wasEscaping }
      return try execute(scope, frame)
    case .macro(let definition, let store):
      put(.object(MacroObject(definition, capture(frame), self)), in: store, frame)
    case .callBlock(let definition, let call): try executeCallBlock(definition, call, frame)
    case .load(let format, let definition, let target, let offset):
      let macro = MacroObject(definition, capture(frame), self)
      place = offset
      let text = try call(.object(macro), TemplateArguments())
      let value = try DataReader.read(try self.text(text), format, what: "the block")
      try assign(value, to: target, frame)
    case .block(let block): try executeBlock(block, frame)
    default: try executeTemplateTag(statement, frame)
    }
    return .onward
  }

  /// A part with variables of its own.
  func execute(_ scope: Statement.Scope, _ frame: Frame) throws -> Flow {
    for slot in scope.slots { frame.slots[slot] = nil }
    return try execute(scope.body, frame)
  }

  private func executeWith(
    _ assignments: [(target: Statement.Target, value: Expression)], _ scope: Statement.Scope, _ offset: Int,
    _ frame: Frame
  ) throws -> Flow {
    let values = try assignments.map { try evaluate($0.value, frame) }
    for slot in scope.slots { frame.slots[slot] = nil }
    place = offset
    for (assignment, value) in zip(assignments, values) { try assign(value, to: assignment.target, frame) }
    return try execute(scope.body, frame)
  }

  // MARK: Output

  func write(_ text: String) throws {
    guard parentTemplate == nil || !isAtTop else { return }
    try claim(bytes: text.utf8.count)
    output += text
  }

  /// Whether what is printed is the template's own output and not a capture.
  private var isAtTop: Bool { captureDepth == topCaptureDepth }

  private func print(_ expression: Expression, _ frame: Frame) throws {
    try print(try evaluate(expression, frame), at: expression.offset)
  }

  private func print(_ value: TemplateValue, at offset: Int) throws {
    place = offset
    var text = try printed(value)
    if isEscaping, !value.isMarkup { text = Markup.escape(text) }
    try write(text)
  }

  private func apply(_ filter: Expression, to value: TemplateValue, _ frame: Frame) throws -> TemplateValue {
    let outer = capturedText
    capturedText = value
    defer { capturedText = outer }
    return try evaluate(filter, frame)
  }

  // MARK: Variables

  func put(_ value: TemplateValue, in store: Statement.Store, _ frame: Frame, exports: Bool = true) {
    switch store {
    case .slot(let slot): frame.slots[slot] = value
    case .top(let name): frame.context.set(name, value, exports: exports)
    }
  }

  func assign(_ value: TemplateValue, to target: Statement.Target, _ frame: Frame) throws {
    switch target {
    case .variable(let store):
      try checkNesting(value)
      put(value, in: store, frame)
    case .tuple(let targets, let offset):
      let outer = place
      place = offset
      let values = try elements(of: value)
      guard values.count == targets.count else {
        throw TemplateFailure(
          .operation,
          values.count < targets.count
            ? "not enough values to unpack (expected \(targets.count), got \(values.count))"
            : "too many values to unpack (expected \(targets.count))")
      }
      place = outer
      for (target, value) in zip(targets, values) { try assign(value, to: target, frame) }
    case .attribute(let reference, let name, let offset):
      place = offset
      try checkNesting(value)
      try claim(bytes: 64)
      let owner = lookup(reference, frame)
      if case .undefined(let undefined) = owner { throw undefined.failure }
      guard case .object(let object) = owner, object.set(name, to: value) else {
        throw TemplateFailure(
          .operation, "cannot assign attribute on non-namespace object",
          hint: "only {% set x = namespace() %} can be set that way; a dict takes {% do x.update({'\(name)': …}) %}")
      }
      if value.isContainer { suspects.append(owner) }
    }
  }

  /// Notes that a macro holds a frame.
  func capture(_ frame: Frame) -> Frame {
    var holder: Frame? = frame
    while let current = holder, !current.isCaptured {
      current.isCaptured = true
      captured.append(current)
      holder = current.parent
    }
    return frame
  }

  private func executeCallBlock(_ definition: MacroDefinition, _ call: Expression, _ frame: Frame) throws {
    guard case .call(let callee, let arguments) = call.kind else { return }
    let caller = TemplateValue.object(MacroObject(definition, capture(frame), self))
    let function = try evaluate(callee, frame)
    var values = try evaluate(arguments, frame)
    values.named.append(("caller", caller))
    place = call.offset
    try print(try self.call(function, values), at: call.offset)
  }
}
