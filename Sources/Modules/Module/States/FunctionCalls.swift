import Functions
import OrderedCollections
import Value

/// `module.run` with functions as words: `- test.echo: [hello]`.
struct FunctionCalls: Sendable {
  private let words: ValueMap
  private let context: StateContext

  init(_ words: ValueMap, _ context: StateContext) {
    self.words = words
    self.context = context
  }

  func run() async throws -> StateResult {
    let extra: ValueMap = ["name": .list(Array(words.keys))]
    let names = words.keys.map { Self.function(of: $0.description) }
    let missing = names.filter { context.functions.registry[$0] == nil }
    if context.isTest || !missing.isEmpty {
      var sentences: [String] = []
      if !missing.isEmpty {
        sentences.append("Unavailable function\(missing.count > 1 ? "s" : ""): \(missing.joined(separator: ", ")).")
      }
      let known = context.isTest ? names.filter { !missing.contains($0) } : []
      if !known.isEmpty {
        sentences.append("Function\(known.count > 1 ? "s" : "") \(known.joined(separator: ", ")) to be executed.")
      }
      return StateResult(missing.isEmpty ? nil : false, sentences.joined(separator: " "), extra: extra)
    }
    var changes: ValueMap = [:]
    var failures: [String] = []
    var successes: [String] = []
    for (word, arguments) in words {
      do {
        let value = try await call(Self.function(of: word.description), arguments)
        guard ModuleStates.isSuccess(value) else {
          failures.append(failure(word, value))
          continue
        }
        let text = value.mapValue.map { $0["comment"] ?? "Success" } ?? value
        successes.append("\(word): \(PythonText.str(text))")
        changes[word] = value
      } catch {
        failures.append("'\(word)' failed: \(ModuleStates.reason(error))")
      }
    }
    return StateResult(
      failures.isEmpty, (failures + successes).joined(separator: ", "), changes: changes, extra: extra)
  }

  private func failure(_ word: Value, _ value: Value) -> String {
    guard let map = value.mapValue else { return "'\(word)': \(value)" }
    return "'\(word)' failed: \(map["comment"].map(PythonText.str) ?? "(error message N/A)")"
  }

  /// Maps in the list are arguments by name.
  private func call(_ name: String, _ value: Value) async throws -> Value {
    var call = CallArguments()
    for item in value.listValue ?? (value.isNull ? [] : [value]) {
      if let named = item.mapValue {
        call.named.merge(named) { $1 }
      } else {
        call.positional.append(item)
      }
    }
    let registry = context.functions.registry
    let function = try registry.function(named: name)
    let required = function.signature.parameters.filter {
      $0.kind == .normal && $0.defaultValue == nil
    }
    let missing = required.dropFirst(call.positional.count).map(\.name).filter { call.named[$0] == nil }
    guard missing.isEmpty else {
      throw FunctionError(.badArguments, "Missing arguments: \(missing.joined(separator: ", "))")
    }
    return try await function.body(
      Arguments(binding: call, to: function.signature, asPython: true), ModuleStates.functionContext(context))
  }

  /// One function can stand several times in a state, as `test.echo:1` and `test.echo:2`.
  private static func function(of word: String) -> String { String(word.prefix { $0 != ":" }) }
}
