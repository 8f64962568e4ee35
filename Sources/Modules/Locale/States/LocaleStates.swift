public import Functions
import OrderedCollections
import Value

/// States `locale.*`.
public enum LocaleStates {
  public static let all: [StateFunction] = [system, present]

  private static let name = Parameter.required("name", .string, "The locale, such as en_US.UTF-8.")

  private static let system = StateFunction(
    "locale.system", "Has a locale as the host's.", details: "Changes are `{locale: name}`.", parameters: [name]
  ) { arguments, context in
    let name = arguments.string("name")
    let locale = SystemLocale(context.functions)
    do {
      if try await locale.current() == name { return StateResult(true, "System locale \(name) already set") }
      if context.isTest { return StateResult(nil, "System locale \(name) needs to be set") }
      try await locale.set(name)
    } catch {
      return StateResult(false, "Failed to set system locale: \(reason(error))")
    }
    return StateResult(true, "Set system locale \(name)", changes: ["locale": .string(name)])
  }

  private static let present = StateFunction(
    "locale.present", "Has a locale made.", details: "Changes are `{locale: name}`.", parameters: [name]
  ) { arguments, context in
    let name = arguments.string("name")
    let locale = SystemLocale(context.functions)
    do {
      if try await locale.isAvailable(name) { return StateResult(true, "Locale \(name) is already present") }
      if context.isTest { return StateResult(nil, "Locale \(name) needs to be generated") }
      try await locale.generate(name)
      guard try await locale.isAvailable(name) else {
        return StateResult(
          false,
          "Failed to generate locale \(name)\nIt is not among the host's locales afterwards. /usr/share/i18n/SUPPORTED "
            + "lists the names that are known.")
      }
      return StateResult(true, "Generated locale \(name)", changes: ["locale": .string(name)])
    } catch { return StateResult(false, "Failed to generate locale \(name)\n\(reason(error))") }
  }

  private static func reason(_ error: any Error) -> String {
    (error as? FunctionError)?.description ?? String(describing: error)
  }
}
