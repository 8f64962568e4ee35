import Value

/// A macro, or the body of a `call` tag, with the frame it stands in.
final class MacroObject: EvaluatingObject {
  private let definition: MacroDefinition
  private let frame: Frame
  private let template: Template

  init(_ definition: MacroDefinition, _ frame: Frame, _ evaluation: Evaluation) {
    self.definition = definition
    self.frame = frame
    template = frame.template
  }

  var typeName: String { "Macro" }
  var text: String { definition.name.map { "<Macro \(PythonText.quoted($0))>" } ?? "<Macro anonymous>" }

  func attribute(_ name: String) -> TemplateValue? {
    switch name {
    case "name": definition.name.map(TemplateValue.string) ?? TemplateValue.none
    case "arguments": .tuple(definition.parameters.map { .string($0.name) })
    case "catch_kwargs": .bool(definition.namedSlot != nil)
    case "catch_varargs": .bool(definition.positionalSlot != nil)
    case "caller": .bool(definition.callerSlot != nil)
    case "explicit_caller": .bool(definition.parameters.contains { $0.name == "caller" })
    default: nil
    }
  }

  func call(_ arguments: TemplateArguments, in evaluation: Evaluation) throws -> TemplateValue? {
    let inner = Frame(
      slotCount: definition.slotCount, parent: frame, context: frame.context, template: template)
    try bind(arguments, inner)
    let what = definition.name.map { $0.hasPrefix("load_") ? "'\($0)'" : "macro '\($0)'" } ?? "the body of 'call'"
    let text = try evaluation.step(what, in: template) {
      try evaluation.capture {
        try setDefaults(inner, evaluation)
        _ = try evaluation.execute(definition.body, inner)
      }
    }
    return evaluation.isEscaping ? .markup(text) : .string(text)
  }

  private func bind(_ arguments: TemplateArguments, _ inner: Frame) throws {
    let parameters = definition.parameters
    for (parameter, value) in zip(parameters, arguments.positional) { inner.slots[parameter.slot] = value }
    var named = arguments.named
    for parameter in parameters.dropFirst(arguments.positional.count) {
      guard let index = named.firstIndex(where: { $0.name == parameter.name }) else { continue }
      inner.slots[parameter.slot] = named.remove(at: index).value
    }
    if let slot = definition.callerSlot {
      if let index = named.firstIndex(where: { $0.name == "caller" }) {
        inner.slots[slot] = named.remove(at: index).value
      } else {
        inner.slots[slot] = .undefined(Undefined(name: "caller", owner: "No caller defined"))
      }
    }
    let name = definition.name.map(PythonText.quoted) ?? "None"
    if let slot = definition.namedSlot {
      let dict = TemplateDict()
      for (name, value) in named { dict[name] = value }
      inner.slots[slot] = .dict(dict)
    } else if let first = named.first {
      throw TemplateFailure(
        .operation, "macro \(name) takes no keyword argument \(PythonText.quoted(first.name))",
        hint: NearestName.candidates(for: first.name, among: parameters.map(\.name)).first.map {
          "did you mean '\($0)'?"
        })
    }
    let rest = arguments.positional.dropFirst(parameters.count)
    if let slot = definition.positionalSlot {
      inner.slots[slot] = .tuple(Array(rest))
    } else if !rest.isEmpty {
      throw TemplateFailure(.operation, "macro \(name) takes not more than \(parameters.count) argument(s)")
    }
  }

  private func setDefaults(_ inner: Frame, _ evaluation: Evaluation) throws {
    for parameter in definition.parameters where inner.isUnset(parameter.slot) {
      if let defaultValue = parameter.defaultValue {
        inner.slots[parameter.slot] = try evaluation.evaluate(defaultValue, inner)
      } else {
        inner.slots[parameter.slot] = evaluation.undefined(
          Undefined(name: parameter.name, owner: "parameter '\(parameter.name)' was not provided"))
      }
    }
  }
}
