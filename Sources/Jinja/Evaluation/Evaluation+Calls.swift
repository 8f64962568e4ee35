import Value

extension Evaluation {
  /// Calls a macro, function or method.
  public func call(_ callee: TemplateValue, _ arguments: TemplateArguments) throws -> TemplateValue {
    try charge()
    try checkNesting(arguments)
    switch callee {
    case .undefined(let undefined): throw undefined.failure
    case .object(let object):
      guard let result = try descend({ try invoke(object, arguments) }) else { break }
      return result
    default: break
    }
    throw TemplateFailure(.operation, "'\(callee.typeName)' object is not callable")
  }

  private func invoke(_ object: any TemplateObject, _ arguments: TemplateArguments) throws -> TemplateValue? {
    if let function = object as? any EvaluatingObject { return try function.call(arguments, in: self) }
    return try object.call(arguments)
  }

  /// Calls `value.name(arguments)` without making a method object of it.
  func call(method name: String, of value: TemplateValue, _ arguments: TemplateArguments) throws -> TemplateValue {
    switch value {
    case .undefined(let undefined): throw undefined.failure
    case .object: break
    default:
      guard BoundMethod.exists(name, on: value) else { break }
      try charge()
      try checkNesting(arguments)
      return try BoundMethod.call(name, on: value, arguments, self)
    }
    return try call(try attribute(name, of: value), arguments)
  }

  public func apply(
    filter name: String, to value: TemplateValue, _ arguments: TemplateArguments
  ) throws -> TemplateValue {
    guard let filter = environment.filters[name] else { throw unknown("filter", name, Array(environment.filters.keys)) }
    try charge()
    return try filter.body(value, arguments, self)
  }

  public func apply(
    test name: String, to value: TemplateValue, _ arguments: TemplateArguments
  ) throws -> Bool {
    guard let test = environment.tests[name] else { throw unknown("test", name, Array(environment.tests.keys)) }
    try charge()
    return try test.body(value, arguments, self)
  }

  func unknown(_ kind: String, _ name: String, _ names: [String]) -> TemplateFailure {
    let near = NearestName.candidates(for: name, among: names)
    let hint = near.isEmpty ? nil : "did you mean \(near.map { "'\($0)'" }.joined(separator: " or "))?"
    return TemplateFailure(.unknownName, "No \(kind) named '\(name)'.", hint: hint)
  }

  /// Tuples have no identity and are freed by recursion: none may be deeper than what the stack bears.
  func checkNesting(_ value: TemplateValue) throws {
    guard case .tuple(let elements) = value else { return }
    guard try depth(of: elements, limit: 100) <= 100 else {
      throw TemplateFailure(.limit, "tuples stand more than 100 levels within one another")
    }
  }

  private func checkNesting(_ arguments: TemplateArguments) throws {
    for value in arguments.positional { try checkNesting(value) }
    for (_, value) in arguments.named { try checkNesting(value) }
  }

  /// Charged for each tuple: one that stands twice in the next, which does so again, has no end otherwise.
  private func depth(of elements: [TemplateValue], limit: Int) throws -> Int {
    guard limit > 0 else { return 1 }
    try charge()
    var deepest = 0
    for case .tuple(let inner) in elements { deepest = max(deepest, try depth(of: inner, limit: limit - 1)) }
    return deepest + 1
  }
}
