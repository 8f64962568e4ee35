import Functions
import OrderedCollections
import Value

extension ServiceStates {
  static let enabled = StateFunction(
    "service.enabled", "Has a service start at boot; now it stays as it is.",
    parameters: [name, .keywords("kwargs", "Taken for compatibility and not used.")], watch: untriggerable("enabled")
  ) { arguments, context in
    var result = try await bootResult(arguments, context, isEnabled: true)
    let name = arguments.string("name")
    if context.isTest, result.comment == unavailable(name) {
      result = StateResult(
        nil, "Service \(name) not present; if created in this state run, it would have been enabled")
    }
    return result
  }

  static let disabled = StateFunction(
    "service.disabled", "Keeps a service from starting at boot; now it stays as it is.",
    parameters: [name, .keywords("kwargs", "Taken for compatibility and not used.")], watch: untriggerable("disabled")
  ) { arguments, context in try await bootResult(arguments, context, isEnabled: false) }

  private static func bootResult(_ arguments: Arguments, _ context: StateContext, isEnabled: Bool) async throws
    -> StateResult
  {
    let provider: any ServiceProvider
    do { provider = try ServiceProviders.provider(for: context.functions) } catch {
      return StateResult(false, reason(error))
    }
    let setting = BootSetting(
      name: arguments.string("name"), isEnabled: isEnabled, situation: .desired, provider: provider,
      isTest: context.isTest)
    return await adding(setting, to: StateResult(true, ""))
  }

  static let masked = masking("service.masked", "Makes it impossible to start a unit.", isMasked: true)
  static let unmasked = masking("service.unmasked", "Removes the mask of a unit.", isMasked: false)

  private static func masking(_ function: String, _ summary: String, isMasked: Bool) -> StateFunction {
    StateFunction(
      function, summary, details: "Changes are `{masked: {old, new}}`, or `{runtime masked: …}` with runtime.",
      parameters: [
        name,
        .optional(
          "runtime", .bool, default: false, "The mask that lasts until the next boot instead of the lasting one."),
      ], watch: untriggerable(isMasked ? "masked" : "unmasked")
    ) { arguments, context in
      do {
        let provider = try ServiceProviders.provider(for: context.functions)
        return try await changeMask(
          arguments.string("name"), isMasked: isMasked, isRuntime: arguments.bool("runtime"), provider,
          isTest: context.isTest)
      } catch { return StateResult(false, reason(error)) }
    }
  }

  static func changeMask(
    _ name: String, isMasked: Bool, isRuntime: Bool, _ provider: any ServiceProvider, isTest: Bool
  ) async throws -> StateResult {
    let mask = isRuntime ? "runtime masked" : "masked"
    let action = isMasked ? mask : isRuntime ? "runtime unmasked" : "unmasked"
    let changes: ValueMap = [.string(mask): ["old": .bool(!isMasked), "new": .bool(isMasked)]]
    if try provider.isMasked(name, runtime: isRuntime) == isMasked {
      return StateResult(true, "Service \(name) \(isMasked ? "is" : "was") already \(action)")
    }
    if isTest { return StateResult(nil, "Service \(name) would be \(action)", changes: changes) }
    try await provider.setMasked(isMasked, name, runtime: isRuntime)
    guard try provider.isMasked(name, runtime: isRuntime) == isMasked else {
      return StateResult(false, "Failed to \(isMasked ? "mask" : "unmask") service \(name)")
    }
    return StateResult(true, "Service \(name) was \(action)", changes: changes)
  }
}
