import Functions

/// The documentation of functions, made from the registry so that it cannot drift from what runs.
enum FunctionReference {
  /// All names by module, with their sentences.
  static func index(_ signatures: [FunctionSignature]) -> String {
    let width = signatures.map(\.name.count).max() ?? 0
    return signatures.map { signature in
      signature.name + String(repeating: " ", count: width - signature.name.count + 2) + signature.summary + "\n"
    }.joined()
  }

  /// - Parameter isState: as a state of an SLS, which takes requisites besides.
  static func text(_ signature: FunctionSignature, isState: Bool = false) -> String {
    var text = "\(isState ? "state " : "")\(signature.line)\n\n  \(signature.summary)\n"
    if !signature.parameters.isEmpty {
      text += "\n"
      let width = signature.parameters.map(\.name.count).max() ?? 0
      for parameter in signature.parameters {
        let pad = String(repeating: " ", count: width - parameter.name.count + 2)
        text += "  \(parameter.name)\(pad)\(parameter.documentation) \(facts(parameter))\n"
      }
    }
    for line in signature.details.split(separator: "\n", omittingEmptySubsequences: false) {
      text += line.isEmpty ? "\n" : "\n  \(line)"
    }
    return text + (isState ? "\n" : "\n\n  \(effect(signature.effect))\n")
  }

  static func markdown(_ signatures: [FunctionSignature]) -> String {
    """
    # Functions

    Made by `brine docs --markdown` from the programs' own registry; do not edit. `brine docs NAME` shows the same on a
    terminal. Arguments are given by position or as `name=value`.


    """ + sections(signatures) { " " + effect($0.effect) }
  }

  static func markdown(states: [FunctionSignature]) -> String {
    """
    # State modules

    Made by `brine docs --markdown-states` from the programs' own registry; do not edit. `brine docs NAME` shows the same
    on a terminal. Names, arguments and defaults are Salt's. Every state also takes the words of the state engine:
    `require`, `watch`, `onchanges`, `onfail`, `prereq`, `listen`, `use` with their `_in` and `_any` forms, `unless`,
    `onlyif`, `creates`, `check_cmd`, `retry`, `failhard`, `order`, `names`, `parallel`, `fire_event`, `runas`, `test`.


    """ + sections(states) { _ in "" }
  }

  private static func sections(_ signatures: [FunctionSignature], _ remark: (FunctionSignature) -> String) -> String {
    var text = ""
    for module in Set(signatures.map(\.module)).sorted() {
      text += "## \(module)\n\n"
      for signature in signatures where signature.module == module {
        text += "### `\(signature.line)`\n\n\(signature.summary)\(remark(signature))\n\n"
        for parameter in signature.parameters {
          text += "- `\(parameter.name)` \(facts(parameter)): \(parameter.documentation)\n"
        }
        if !signature.parameters.isEmpty { text += "\n" }
        if !signature.details.isEmpty { text += signature.details + "\n\n" }
      }
    }
    while text.hasSuffix("\n\n") { text.removeLast() }
    return text
  }

  private static func facts(_ parameter: Parameter) -> String {
    var facts = [parameter.type.rawValue]
    switch parameter.kind {
    case .variadic: facts.append("any number")
    case .keywords: facts.append("any further name=value")
    case .normal:
      if let value = parameter.defaultValue { facts.append("default \(value)") } else { facts.append("required") }
    }
    if !parameter.choices.isEmpty { facts.append("one of " + parameter.choices.joined(separator: ", ")) }
    return "(\(facts.joined(separator: "; ")))"
  }

  private static func effect(_ effect: FunctionEffect) -> String {
    switch effect {
    case .read, .inspect: "It changes nothing."
    case .change: "It may change the host."
    }
  }
}
