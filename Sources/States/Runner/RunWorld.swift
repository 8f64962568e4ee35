import Functions
import OrderedCollections
import Synchronization
import Value

/// What states of one run may use, which a state may have looked at anew.
final class RunWorld: Sendable {
  private let current: Mutex<FunctionContext>
  private let memory: StateMemory
  /// Compiles the pillar of this run once more; nil where it was given from outside.
  private let pillar: (@Sendable (FunctionContext) async throws -> ValueMap)?

  init(
    _ context: FunctionContext, memory: StateMemory,
    pillar: (@Sendable (FunctionContext) async throws -> ValueMap)? = nil
  ) {
    current = Mutex(context)
    self.memory = memory
    self.pillar = pillar
  }

  var context: FunctionContext { current.withLock { $0 } }

  static func isRefreshing(_ chunk: ValueMap) -> Bool {
    ["reload_grains", "reload_pillar", "reload_modules"].contains { word in chunk[word].map(Truth.isTrue) ?? false }
  }

  /// What a state's `reload_grains`, `reload_pillar` and `reload_modules` ask for. Later states see it; the states of
  /// the run themselves are compiled already.
  ///
  /// - Throws: when the pillar cannot be compiled; the earlier one then stays.
  func refresh(_ chunk: ValueMap) async throws {
    let context = context
    func wants(_ word: String) -> Bool { chunk[word].map(Truth.isTrue) ?? false }
    if wants("reload_grains"), let refresh = context.refresh {
      let grains = await refresh.grains()
      current.withLock { $0.grains = grains }
      memory.update(StateMemory.grains) { $0 = nil }
    }
    if wants("reload_modules"), let refresh = context.refresh {
      let modules = refresh.modules()
      current.withLock { ($0.registry, $0.states) = (modules.functions, modules.states) }
    }
    if wants("reload_pillar"), let pillar {
      let compiled = try await pillar(self.context)
      if let errors = compiled["_errors"]?.listValue, !errors.isEmpty {
        throw FunctionError(.failed, errors.map(\.description).joined(separator: "\n"))
      }
      current.withLock { $0.pillar = compiled }
    }
  }
}
