public import Functions
import Value

/// `locale.*`: the host's locale.
public enum LocaleFunctions {
  public static let all: [Function] = [getLocale, setLocale, list, available, generate]

  private static let locale = Parameter.required("locale", .string, "The locale, such as en_US.UTF-8.")

  private static let getLocale = Function(
    "locale.get_locale", "Gives the host's locale.",
    details: "Returns its name.\n\nExample: `brine run '*' locale.get_locale`.", effect: .inspect
  ) { _, context in .string(try await SystemLocale(context).current()) }

  private static let setLocale = Function(
    "locale.set_locale", "Sets the host's locale.",
    details: "Returns True.\n\nExample: `brine run '*' locale.set_locale en_US.UTF-8`.", effect: .change,
    parameters: [locale]
  ) { arguments, context in
    if !context.isTest { try await SystemLocale(context).set(arguments.string("locale")) }
    return true
  }

  private static let list = Function(
    "locale.list_avail", "Lists the locales that the host has.",
    details: "Returns a list.\n\nExample: `brine run web1 locale.list_avail`.", effect: .inspect
  ) { _, context in .strings(try await SystemLocale(context).available()) }

  private static let available = Function(
    "locale.avail", "Tells whether the host has a locale.",
    details: "Returns True or False.\n\nExample: `brine run '*' locale.avail en_US.UTF-8`.", effect: .inspect,
    parameters: [locale]
  ) { arguments, context in .bool(try await SystemLocale(context).isAvailable(arguments.string("locale"))) }

  private static let generate = Function(
    "locale.gen_locale", "Makes a locale.",
    details: "Returns True.\n\nExample: `brine run '*' locale.gen_locale de_DE.UTF-8`.", effect: .change,
    parameters: [locale]
  ) { arguments, context in
    let name = try SystemLocale.checked(arguments.string("locale"))
    if !context.isTest { try await SystemLocale(context).generate(name) }
    return true
  }
}
