import Functions
import OrderedCollections
import Value

/// The grains as they are now in a run of states: those of its beginning, and what states have set since.
struct CurrentGrains: Sendable {
  /// The name in the run's memory, where all grains are once one was set.
  static let memoryName = StateMemory.grains

  let context: StateContext

  init(_ context: StateContext) { self.context = context }

  var all: ValueMap { context.memory[Self.memoryName]?.mapValue ?? context.functions.grains }

  /// Nil when there is no such grain.
  func value(of name: String) -> Value? { GrainPath(name, delimiter: ":").value(in: all) }

  /// Calls a function of `grains.*` that changes something.
  func call(_ function: Function, _ named: ValueMap) async throws -> Value {
    var functions = context.functions
    functions.grains = all
    return try await function.call(named, functions)
  }

  /// Remembers grains that were set, whole ones from the top; a null removes its grain where that was asked for.
  func remember(_ changes: ValueMap, isDestructive: Bool = false) {
    let start = context.functions.grains
    context.memory.update(Self.memoryName) { value in
      var grains = value?.mapValue ?? start
      for (key, new) in changes {
        if new.isNull, isDestructive { grains.removeValue(forKey: key) } else { grains[key] = new }
      }
      value = .map(grains)
    }
  }

  /// `grains.set`, whose answer is a state's.
  func set(_ name: String, to value: Value, force: Bool, isDestructive: Bool = false) async throws -> StateResult {
    let answer = try await call(
      GrainsFunctions.setNested,
      ["key": .string(name), "val": value, "force": .bool(force), "destructive": .bool(isDestructive)])
    let changes = answer["changes"]?.mapValue ?? [:]
    if answer["result"] == true { remember(changes, isDestructive: isDestructive) }
    return StateResult(
      answer["result"]?.boolValue, answer["comment"]?.stringValue ?? "", changes: changes)
  }
}
