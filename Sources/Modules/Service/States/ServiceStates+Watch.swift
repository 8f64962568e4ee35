import Functions
import OrderedCollections
import Value

extension ServiceStates {
  static func watched(_ arguments: Arguments, _ context: StateContext, isRunning: Bool) async throws -> StateResult {
    do { return try await triggered(arguments, context, isRunning: isRunning) } catch {
      return StateResult(false, reason(error))
    }
  }

  /// For states of which nothing is left to do when something that they watch has changed.
  static func untriggerable(_ function: String) -> StateFunction.Body {
    { _, _ in StateResult(false, "Unable to trigger watch for service.\(function)") }
  }

  private static func triggered(_ arguments: Arguments, _ context: StateContext, isRunning: Bool) async throws
    -> StateResult
  {
    let name = arguments.string("name")
    let provider = try ServiceProviders.provider(for: context.functions)
    let runs = try await provider.status(of: [name])[name] ?? false
    guard isRunning || runs else { return StateResult(true, "Service is already stopped") }
    let (action, verb, participle) = action(arguments, isRunning: isRunning, runs: runs)
    if context.isTest { return StateResult(nil, "Service is set to be \(participle)") }
    if action == .start { try? await provider.perform(.stop, name, options: stopOptions(arguments)) }
    do {
      try await provider.perform(action, name, options: action == .stop ? stopOptions(arguments) : options(arguments))
    } catch {
      return StateResult(false, "Failed to \(verb) the service\n\(reason(error))")
    }
    try await delay(arguments)
    return StateResult(true, "Service \(participle)", changes: [.string(name): true])
  }

  private static func action(_ arguments: Arguments, isRunning: Bool, runs: Bool) -> (ServiceAction, String, String) {
    if !isRunning { return (.stop, "stop", "stopped") }
    if !runs { return (.start, "start", "started") }
    guard arguments.bool("reload") else { return (.restart, "restart", "restarted") }
    guard arguments.bool("force") else { return (.reload, "reload", "reloaded") }
    return (.forceReload, "forcefully reload", "forcefully reloaded")
  }
}
