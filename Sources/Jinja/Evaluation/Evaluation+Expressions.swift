extension Evaluation {
  /// The value of an expression.
  func evaluate(_ expression: Expression, _ frame: Frame) throws -> TemplateValue {
    try charge()
    switch expression.kind {
    case .constant(let constant): return constant.value
    case .name(let index): return lookup(index, frame)
    case .attribute(let object, let name):
      let value = try evaluate(object, frame)
      place = value.isUndefined ? object.offset : expression.offset
      return try attribute(name, of: value)
    case .item(let object, let key):
      let value = try evaluate(object, frame)
      let key = try evaluate(key, frame)
      place = value.isUndefined ? object.offset : expression.offset
      return try item(key, of: value)
    default: break
    }
    guard stack.hasRoom else {
      place = expression.offset
      throw TemplateFailure(.limit, "the template nests too deep")
    }
    switch expression.kind {
    case .call(let callee, let arguments): return try evaluateCall(callee, arguments, expression.offset, frame)
    case .filter(let value, let name, let arguments):
      return try evaluateFilter(value, name, arguments, expression.offset, frame)
    case .test(let value, let name, let arguments, let isNegated):
      return .bool(try evaluateTest(value, name, arguments, expression.offset, frame) != isNegated)
    case .binary(let symbol, let left, let right):
      let leftValue = try evaluate(left, frame)
      let rightValue = try evaluate(right, frame)
      place = leftValue.isUndefined ? left.offset : rightValue.isUndefined ? right.offset : expression.offset
      return try binary(symbol, leftValue, rightValue)
    case .comparison(let first, let rest): return .bool(try evaluateComparison(first, rest, frame))
    default: return try evaluateRest(expression, frame)
    }
  }

  private func evaluateRest(_ expression: Expression, _ frame: Frame) throws -> TemplateValue {
    switch expression.kind {
    case .list(let elements): return .list(TemplateList(try evaluate(elements, frame)))
    case .tuple(let elements): return .tuple(try evaluate(elements, frame))
    case .dict(let pairs): return try evaluateDict(pairs, expression.offset, frame)
    case .slice(let object, let start, let end, let step):
      let value = try evaluate(object, frame)
      let start = try start.map { try evaluate($0, frame) }
      let end = try end.map { try evaluate($0, frame) }
      let step = try step.map { try evaluate($0, frame) }
      place = expression.offset
      return try slice(value, start, end, step)
    case .captured: return capturedText
    case .negate(let operand):
      let value = try evaluate(operand, frame)
      place = expression.offset
      return try negated(value)
    case .positive(let operand):
      let value = try evaluate(operand, frame)
      place = expression.offset
      return try positive(value)
    case .not(let operand): return .bool(try !isTrue(operand, frame))
    case .and(let left, let right):
      let value = try evaluate(left, frame)
      place = left.offset
      return try isTrue(value) ? try evaluate(right, frame) : value
    case .or(let left, let right):
      let value = try evaluate(left, frame)
      place = left.offset
      return try isTrue(value) ? value : try evaluate(right, frame)
    case .conditional(let test, let then, let otherwise):
      if try isTrue(test, frame) { return try evaluate(then, frame) }
      if let otherwise { return try evaluate(otherwise, frame) }
      var missing = Undefined(
        name: "if",
        owner: "the inline if-expression on line \(template.place(at: expression.offset).line) evaluated to false and "
          + "no else section was defined.")
      missing.isLenient = true
      return .undefined(missing)
    case .concatenation(let parts): return try evaluateConcatenation(parts, frame)
    default: return .none
    }
  }

  /// Whether an expression is true, with its place in the error if that cannot be said.
  func isTrue(_ expression: Expression, _ frame: Frame) throws -> Bool {
    let value = try evaluate(expression, frame)
    if case .bool(let flag) = value { return flag }
    place = expression.offset
    return try isTrue(value)
  }

  func evaluate(_ expressions: [Expression], _ frame: Frame) throws -> [TemplateValue] {
    var values: [TemplateValue] = []
    values.reserveCapacity(expressions.count)
    for expression in expressions { values.append(try evaluate(expression, frame)) }
    try claim(values.count, times: 32)
    return values
  }

  private func evaluateDict(_ pairs: [Expression.Pair], _ offset: Int, _ frame: Frame) throws -> TemplateValue {
    let dict = TemplateDict()
    for pair in pairs {
      let key = try evaluate(pair.key, frame)
      let value = try evaluate(pair.value, frame)
      place = pair.key.offset
      guard let hashable = TemplateKey(key) else { throw unhashable(key) }
      try claim(bytes: 64)
      dict.entries[hashable] = value
    }
    return .dict(dict)
  }

  private func evaluateConcatenation(_ parts: [Expression], _ frame: Frame) throws -> TemplateValue {
    var output = ""
    for part in parts {
      let value = try evaluate(part, frame)
      place = part.offset
      let text = try text(value)
      try claim(bytes: text.utf8.count)
      output += text
    }
    return .string(output)
  }

  private func evaluateComparison(
    _ first: Expression, _ rest: [Expression.Comparison], _ frame: Frame
  ) throws -> Bool {
    var left = try evaluate(first, frame)
    var leftOffset = first.offset
    for step in rest {
      let right = try evaluate(step.operand, frame)
      place = left.isUndefined ? leftOffset : right.isUndefined ? step.operand.offset : step.offset
      leftOffset = step.operand.offset
      guard try compare(left, step.comparison, right) else { return false }
      left = right
    }
    return true
  }

  /// The variable of a reference, or undefined.
  func lookup(_ index: Int, _ frame: Frame) -> TemplateValue {
    let reference = frame.template.references[index]
    for candidate in reference.places {
      var owner = frame
      for _ in 0..<candidate.hops {
        guard let parent = owner.parent else { break }
        owner = parent
      }
      if candidate.slot < owner.slots.count, let value = owner.slots[candidate.slot] { return value }
    }
    let context = frame.context
    if let value = context.value(reference.name) { return value }
    if reference.name == "self" { return .object(BlockOverview(context: context)) }
    return undefined(
      Undefined(name: reference.name) { [frame] in
        // Names that are only read are as misspelt as this one; those that are set are not.
        let set = frame.template.references.filter { !$0.places.isEmpty }.map(\.name)
        return Array(Set(frame.context.all.keys).union(set).subtracting([reference.name]))
      })
  }
}
