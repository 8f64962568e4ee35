import OrderedCollections
import Value

/// Checks that high data has the shape that compiling needs; sentences are Salt's (`verify_high`).
struct HighDataVerification {
  let high: HighData
  private(set) var problems: [StateProblem] = []

  static func problems(of high: HighData) -> [StateProblem] {
    var verification = HighDataVerification(high: high)
    for (id, declaration) in high.declarations { verification.verify(id, declaration) }
    return verification.problems
  }

  private init(high: HighData) { self.high = high }

  private mutating func report(_ message: String, _ place: SourcePlace, hint: String? = nil) {
    problems.append(high.problem(message, place, hint: hint))
  }

  private mutating func verify(_ id: Value, _ declaration: Declaration) {
    let sls = declaration.sls
    let name = PythonText.str(id)
    if case .string(let text) = id {
      if text.hasPrefix("__") { return }
    } else {
      report(
        "ID '\(name)' in SLS '\(sls)' is not formed as a string, but is type \(PythonText.typeName(id)). "
          + "It may need to be quoted.", declaration.place)
    }
    for (key, value) in declaration.body {
      guard case .string(let module) = key else {
        report(
          "The state '\(PythonText.str(key))' of ID '\(name)' in SLS '\(sls)' is not formed as a string",
          declaration.place)
        continue
      }
      if module.hasPrefix("__") { continue }
      var place = declaration.place
      if let line = declaration.lines[module] { place = SourcePlace(file: place.file, line: line) }
      switch value {
      case .null:
        report(
          "ID '\(name)' in SLS '\(sls)' contains a short declaration (\(module)) with a trailing colon. "
            + "When not passing any arguments to a state, the colon must be omitted.", place)
      case .list(let arguments): verify(arguments, id: name, module: module, sls: sls, place)
      default:
        report(
          "State '\(name)' in SLS '\(sls)' is not formed as a list", place,
          hint: "Below '\(module)' every argument stands in a line of its own that begins with '- '.")
      }
    }
  }

  private mutating func verify(
    _ arguments: [Value], id: String, module: String, sls: String, _ place: SourcePlace
  ) {
    var functions: [String] = []
    if let (_, function) = Declaration.split(module) { functions.append(function) }
    for argument in arguments {
      switch argument {
      case .string(let function):
        functions.append(function)
        if function.trimmingSpaces().contains(" ") {
          report(
            "The function \"\(function)\" in state \"\(id)\" in SLS \"\(sls)\" has whitespace, a function with "
              + "whitespace is not supported, perhaps this is an argument that is missing a \":\"", place)
        }
      case .map(let map): verify(map, id: id, sls: sls, place)
      default: continue
      }
    }
    if functions.isEmpty {
      report(
        "No function declared in state '\(id)' in SLS '\(sls)'", place,
        hint: "Write '\(module).function:', or '- function' as one of its lines.")
    } else if functions.count > 1 {
      report(
        "Too many functions declared in state '\(id)' in SLS '\(sls)'. Please choose one of the following: "
          + functions.joined(separator: ", "), place,
        hint: "A line without ': ' is a function's name; an argument needs a colon and a space after it.")
    }
  }

  private mutating func verify(_ map: ValueMap, id: String, sls: String, _ place: SourcePlace) {
    guard case .string(let first)? = map.keys.first else {
      report("An argument of state '\(id)' in SLS '\(sls)' has no name", place)
      return
    }
    if first == "names", map["names"]?.listValue == nil {
      report("The 'names' argument in state '\(id)' in SLS '\(sls)' needs to be formed as a list", place)
    }
    if let names = map["names"]?.listValue { verify(names: names, id: id, sls: sls, place) }
    guard StateWords.requisites.contains(first) else { return }
    guard case .list(let items)? = map[first] else {
      report("The \(first) statement in state '\(id)' in SLS '\(sls)' needs to be formed as a list", place)
      return
    }
    for item in items { verify(requisite: item, id: id, sls: sls, place) }
    if map.count != 1 {
      report("Multiple dictionaries defined in argument of state '\(id)' in SLS '\(sls)'", place)
    }
  }

  private mutating func verify(names: [Value], id: String, sls: String, _ place: SourcePlace) {
    for case .map(let map) in names {
      let arguments = map.values.first?.listValue
      guard map.count == 1, let arguments, arguments.allSatisfy({ $0.mapValue != nil }) else {
        report(
          "The entry \(PythonText.repr(.map(map))) of 'names' in state '\(id)' in SLS '\(sls)' is not a name with a "
            + "list of arguments", place, hint: "Write '- name:' and the arguments below it, each as '- argument: …'.")
        continue
      }
    }
  }

  private mutating func verify(requisite: Value, id: String, sls: String, _ place: SourcePlace) {
    if case .string = requisite { return }
    guard case .map(let map) = requisite, map.count == 1,
      let (key, value) = map.elements.first.map({ ($0.key, $0.value) })
    else {
      report(
        "Requisite declaration \(PythonText.str(requisite)) in state \(id) in SLS \(sls) is not formed as a single "
          + "key dictionary", place)
      return
    }
    guard case .string(let kind) = key else {
      report("Invalid requisite type '\(PythonText.str(key))' in state '\(id)', in SLS '\(sls)'", place)
      return
    }
    if let dot = kind.firstIndex(of: ".") {
      report(
        "Invalid requisite type '\(kind)' in state '\(id)', in SLS '\(sls)'. Requisite types must not contain dots, "
          + "did you mean '\(kind[..<dot])'?", place)
    }
    switch value {
    case .list, .map:
      report(
        "Illegal requisite \"\(PythonText.str(value))\" in SLS \"\(sls)\", please check your syntax.\n", place)
    default: break
    }
  }
}
