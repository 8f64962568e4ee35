import Functions
import OrderedCollections
import Value

extension ServiceStates {
  static let dead = StateFunction(
    "service.dead", "Has a service not run, and start at boot or not as `enable` says.",
    details: "Changes are `{service: false}` when it was stopped. A service that does not exist is well too.",
    parameters: common, watch: { try await watched($0, $1, isRunning: false) }
  ) { arguments, context in
    let name = arguments.string("name")
    if arguments.isGiven("enabled") { return misspelt(name) }
    if isOffline(context) { return offline }
    do { return try await stopped(name, arguments, context) } catch { return StateResult(false, reason(error)) }
  }

  private static func stopped(_ name: String, _ arguments: Arguments, _ context: StateContext) async throws
    -> StateResult
  {
    let provider = try ServiceProviders.provider(for: context.functions)
    guard try await provider.isAvailable(name) else {
      guard context.isTest else { return StateResult(true, unavailable(name)) }
      return StateResult(
        nil, "Service \(name) not present; if created in this state run, it would have been stopped")
    }
    let enable = wantsEnabled(arguments)
    guard try await provider.status(of: [name])[name] == true else {
      let result = StateResult(true, "The service \(name) is already dead")
      guard let enable, try await provider.isEnabled(name) != enable else { return result }
      return await adding(
        BootSetting(name: name, isEnabled: enable, situation: .desired, provider: provider, isTest: context.isTest),
        to: result)
    }
    if context.isTest { return StateResult(nil, "Service \(name) is set to be killed") }
    let wasEnabled = try await provider.isEnabled(name)
    var result: StateResult
    var isRunning = true
    do {
      try await provider.perform(.stop, name, options: stopOptions(arguments))
      try await delay(arguments)
      isRunning = try await provider.status(of: [name])[name] ?? false
      result = StateResult(!isRunning, isRunning ? "Service \(name) failed to die" : "Service \(name) was killed")
      let isEnabled = try await provider.isEnabled(name)
      if !isRunning || isEnabled != wasEnabled { result.changes[name] = .bool(isRunning) }
    } catch {
      result = StateResult(false, "Service \(name) failed to die\n\(reason(error))")
    }
    guard let enable else { return result }
    let setting = BootSetting(
      name: name, isEnabled: enable, situation: isRunning ? .started : .dead, result: !isRunning, provider: provider,
      isTest: false)
    return await adding(setting, to: result)
  }

  static func stopOptions(_ arguments: Arguments) -> ServiceOptions {
    ServiceOptions(isNotWaiting: arguments.bool("no_block"), isMaskIgnored: true)
  }
}
