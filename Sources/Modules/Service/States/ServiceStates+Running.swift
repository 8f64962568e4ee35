import Functions
import OrderedCollections
import Value

extension ServiceStates {
  static let running = StateFunction(
    "service.running", "Has a service run, and start at boot if `enable` says so.",
    details: """
      Changes are `{service: true}` when it was started or enabled. When something that it watches has changed it is \
      restarted, or reloaded with `reload: True`.
      """,
    parameters: common, watch: { try await watched($0, $1, isRunning: true) }
  ) { arguments, context in
    let name = arguments.string("name")
    if arguments.isGiven("enabled") { return misspelt(name) }
    if isOffline(context) { return offline }
    do { return try await started(name, arguments, context) } catch { return StateResult(false, reason(error)) }
  }

  private static func started(_ name: String, _ arguments: Arguments, _ context: StateContext) async throws
    -> StateResult
  {
    let provider = try ServiceProviders.provider(for: context.functions)
    guard try await provider.isAvailable(name) else {
      guard context.isTest else { return StateResult(false, unavailable(name)) }
      return StateResult(
        nil, "Service \(name) not present; if created in this state run, it would have been started")
    }
    let enable = wantsEnabled(arguments)
    let wasRunning = try await provider.status(of: [name])[name] ?? false
    let unmasking = try await unmaskingComment(name, arguments, provider, context)
    if wasRunning {
      let comment = ["The service \(name) is already running", unmasking].compactMap(\.self).joined(separator: "\n")
      guard let enable, try await provider.isEnabled(name) != enable else { return StateResult(true, comment) }
      return await adding(
        BootSetting(name: name, isEnabled: enable, situation: .desired, provider: provider, isTest: context.isTest),
        to: StateResult(true, comment))
    }
    if context.isTest {
      let comment = ["Service \(name) is set to start", unmasking].compactMap(\.self).joined(separator: "\n")
      return StateResult(nil, comment)
    }
    let wasEnabled = try await provider.isEnabled(name)
    var options = options(arguments)
    options.tellsDeath = true
    do { try await provider.perform(.start, name, options: options) } catch let error as ServiceDied {
      let result = StateResult(false, "Service \(name) failed to start")
      // It is to start at the next boot all the same.
      let setting = enable.map {
        BootSetting(name: name, isEnabled: $0, situation: .dead, result: false, provider: provider, isTest: false)
      }
      var ended = result
      if let setting { ended = await adding(setting, to: result) }
      ended.comment += "\n\(error.reason)"
      return ended
    } catch {
      return StateResult(false, "Service \(name) failed to start\n\(reason(error))")
    }
    try await delay(arguments)
    let isRunning = try await provider.status(of: [name])[name] ?? false
    var result = StateResult(isRunning, isRunning ? "Started service \(name)" : "Service \(name) failed to start")
    let isEnabled = try await provider.isEnabled(name)
    if isRunning || isEnabled != wasEnabled { result.changes[name] = .bool(isRunning) }
    if let enable {
      let setting = BootSetting(
        name: name, isEnabled: enable, situation: isRunning ? .started : .dead, result: isRunning, provider: provider,
        isTest: false)
      result = await adding(setting, to: result)
    }
    if let seconds = delayText(arguments) { result.comment += "\nDelayed return for \(seconds) seconds" }
    if let unmasking { result.comment += "\n\(unmasking)" }
    return result
  }

  static func adding(_ setting: BootSetting, to state: StateResult) async -> StateResult {
    let applied = await setting.apply()
    return StateResult(applied.result, applied.comment, changes: applied.changes ?? state.changes)
  }

  static func options(_ arguments: Arguments) -> ServiceOptions {
    ServiceOptions(
      isNotWaiting: arguments.bool("no_block"), isUnmasking: arguments.bool("unmask"),
      isUnmaskingRuntime: arguments.bool("unmask") && arguments.bool("unmask_runtime"))
  }

  static func delayText(_ arguments: Arguments) -> String? {
    guard let seconds = arguments.double("init_delay"), seconds > 0 else { return nil }
    return arguments["init_delay"].description
  }

  private static func unmaskingComment(
    _ name: String, _ arguments: Arguments, _ provider: any ServiceProvider, _ context: StateContext
  ) async throws -> String? {
    guard arguments.bool("unmask") else { return nil }
    return try await changeMask(
      name, isMasked: false, isRuntime: arguments.bool("unmask_runtime"), provider, isTest: context.isTest
    ).comment
  }
}
