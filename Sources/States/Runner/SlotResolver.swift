import Functions
import OrderedCollections
import Value

/// Replaces slots in a state's arguments by what their functions return, right before the state is called.
struct SlotResolver: Sendable {
  let context: FunctionContext

  /// Looks at strings, at values of maps, at items of lists, and at values of maps in lists, no deeper: as Salt.
  func resolve(_ value: Value) async throws -> Value {
    switch value {
    case .string: return try await resolveText(value)
    case .map(let map): return .map(try await resolveValues(map))
    case .list(let items):
      guard items.contains(where: mayHoldSlot) else { return value }
      var resolved: [Value] = []
      for item in items {
        if case .map(let map) = item {
          resolved.append(.map(try await resolveValues(map)))
        } else {
          resolved.append(try await resolveText(item))
        }
      }
      return .list(resolved)
    default: return value
    }
  }

  private func mayHoldSlot(_ value: Value) -> Bool {
    switch value {
    case .string(let text): text.hasPrefix(SlotExpression.marker)
    case .map(let map): map.values.contains { $0.stringValue?.hasPrefix(SlotExpression.marker) ?? false }
    default: false
    }
  }

  private func resolveValues(_ map: ValueMap) async throws -> ValueMap {
    guard mayHoldSlot(.map(map)) else { return map }
    var resolved = map
    for (key, value) in map { resolved[key] = try await resolveText(value) }
    return resolved
  }

  private func resolveText(_ value: Value) async throws -> Value {
    guard case .string(let text) = value, text.hasPrefix(SlotExpression.marker), let slot = SlotExpression(text),
      context.registry[slot.function] != nil
    else { return value }
    var named: ValueMap = [:]
    for (name, value) in slot.named { named[.string(name)] = .string(value) }
    let call = CallArguments(slot.positional.map(Value.string), named: named)
    var quiet = context
    quiet.reportExitCode = { _ in }
    quiet.isTest = false
    var result = try await context.registry.call(slot.function, call, quiet)
    if !slot.path.isEmpty { result = ValuePath.value(at: slot.path, in: result, separator: ".") ?? .null }
    if let suffix = slot.suffix, case .string(let text) = result { return .string(text + suffix) }
    return result
  }
}
