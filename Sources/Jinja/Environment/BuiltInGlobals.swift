/// The functions that every template has: Jinja's own and Salt's `raise`.
public enum BuiltInGlobals {
  public static var all: [String: TemplateValue] {
    var names: [String: TemplateValue] = [:]
    for (name, body) in functions { names[name] = .object(FunctionObject(name, body: body)) }
    return names
  }

  private static var functions: [(String, FunctionObject.Body)] {
    [
      ("range", range), ("dict", dict), ("odict", dict), ("namespace", namespace), ("cycler", cycler),
      ("joiner", joiner), ("raise", raise), ("lipsum", lipsum),
    ]
  }

  private static func range(_ arguments: TemplateArguments, _ evaluation: Evaluation) throws -> TemplateValue {
    guard arguments.named.isEmpty else { throw TemplateFailure(.operation, "range() takes no keyword arguments") }
    let numbers = try arguments.positional.map { Int64(try evaluation.integer($0)) }
    switch numbers.count {
    case 0: throw TemplateFailure(.operation, "range expected at least 1 argument, got 0")
    case 1: return .object(try RangeObject(start: 0, stop: numbers[0], step: 1))
    case 2: return .object(try RangeObject(start: numbers[0], stop: numbers[1], step: 1))
    case 3: return .object(try RangeObject(start: numbers[0], stop: numbers[1], step: numbers[2]))
    default: throw TemplateFailure(.operation, "range expected at most 3 arguments, got \(numbers.count)")
    }
  }

  private static func made(
    _ name: String, _ arguments: TemplateArguments, _ evaluation: Evaluation
  ) throws -> TemplateDict {
    let dict = TemplateDict()
    guard arguments.positional.count <= 1 else {
      throw TemplateFailure(.operation, "\(name) expected at most 1 argument, got \(arguments.positional.count)")
    }
    if let source = arguments.positional.first { try DictMethods.merge(source, into: dict, name, evaluation) }
    for (name, value) in arguments.named {
      try evaluation.claim(bytes: 64)
      dict[name] = value
    }
    return dict
  }

  private static func dict(_ arguments: TemplateArguments, _ evaluation: Evaluation) throws -> TemplateValue {
    .dict(try made("dict", arguments, evaluation))
  }

  private static func namespace(_ arguments: TemplateArguments, _ evaluation: Evaluation) throws -> TemplateValue {
    .object(NamespaceObject(try made("namespace", arguments, evaluation)))
  }

  private static func cycler(_ arguments: TemplateArguments, _ evaluation: Evaluation) throws -> TemplateValue {
    guard !arguments.positional.isEmpty else {
      throw TemplateFailure(.operation, "at least one item has to be provided")
    }
    return .object(CyclerObject(arguments.positional))
  }

  private static func joiner(_ arguments: TemplateArguments, _ evaluation: Evaluation) throws -> TemplateValue {
    .object(JoinerObject(try arguments.bind("joiner", .optional("sep", .string(", ")))[0]))
  }

  private static func raise(_ arguments: TemplateArguments, _ evaluation: Evaluation) throws -> TemplateValue {
    throw TemplateFailure(.raised, try evaluation.text(try arguments.bind("raise", .required("msg"))[0]))
  }

  private static func lipsum(_ arguments: TemplateArguments, _ evaluation: Evaluation) throws -> TemplateValue {
    throw TemplateFailure(
      .operation, "lipsum() is not supported", hint: "it makes random text, which no state should depend on")
  }
}
