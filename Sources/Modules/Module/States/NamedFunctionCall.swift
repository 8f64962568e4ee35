import Functions
import OrderedCollections
import Value

/// `module.run` with the function as its name and the arguments as words beside it.
struct NamedFunctionCall: Sendable {
  private let name: String
  private let words: ValueMap
  private let context: StateContext

  /// Arguments whose names are words of states as well.
  private static let renamed: Set<String> = ["name", "fun", "names", "state", "saltenv"]

  init(_ name: String, _ words: ValueMap, _ context: StateContext) {
    self.name = name
    self.words = words
    self.context = context
  }

  func run() async throws -> StateResult {
    guard let function = context.functions.registry[name] else {
      return StateResult(false, "Module function \(name) is not available")
    }
    if context.isTest { return StateResult(nil, "Module function \(name) is set to execute") }
    let named: ValueMap
    switch bound(to: function.signature) {
    case .success(let arguments): named = arguments
    case .failure(let problem): return StateResult(false, problem.message)
    }
    do {
      let value = try await function.call(named, ModuleStates.functionContext(context))
      return StateResult(
        ModuleStates.isSuccess(value), "Module function \(name) executed", changes: ["ret": value])
    } catch {
      return StateResult(
        false, "Module function \(name) threw an exception. Exception: \(ModuleStates.reason(error))")
    }
  }

  /// The function's own arguments out of the words; what it does not have is left out, as Salt does.
  private func bound(to signature: FunctionSignature) -> Result<ValueMap, FunctionError> {
    var named: ValueMap = [:]
    var missing: [String] = []
    for parameter in signature.parameters {
      let word = Self.renamed.contains(parameter.name) ? "m_\(parameter.name)" : parameter.name
      switch parameter.kind {
      case .normal:
        if let value = words[word] {
          named[parameter.name] = value
        } else if parameter.defaultValue == nil {
          missing.append(word)
        }
      case .variadic:
        guard let value = words[word] ?? words["args"] else { continue }
        guard value.listValue != nil else {
          return .failure(FunctionError(.badArguments, "'\(parameter.name)' must be a list."))
        }
        named[parameter.name] = value
      case .keywords:
        continue
      }
    }
    guard missing.isEmpty else {
      let list = missing.joined(separator: " ")
      return .failure(FunctionError(.badArguments, "The following arguments are missing: \(list)"))
    }
    let keywords = signature.parameters.first { $0.kind == .keywords }?.name
    if let further = words[keywords ?? "kwargs"], keywords != nil || !further.isNull {
      guard let map = further.mapValue else {
        return .failure(FunctionError(.badArguments, "'\(keywords ?? "kwargs")' must be a dict."))
      }
      for (key, value) in map { named[key] = value }
    }
    return .success(named)
  }
}
