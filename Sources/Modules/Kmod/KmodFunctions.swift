public import Functions
import HostSystem
import Value

/// `kmod.*`: modules of the kernel.
public enum KmodFunctions {
  public static let all: [Function] = [available, checkAvailable, isLoaded, lsmod, list, load, remove]

  private static let module = Parameter.required("mod", .string, "The module's name, such as `dummy`.")
  private static let persist = Parameter.optional(
    "persist", .bool, default: false, "Also in the file of what is loaded at boot.")

  private static let available = Function(
    "kmod.available", "Lists the modules that the running kernel has.", effect: .inspect
  ) { _, context in .strings(KernelModules(context).available()) }

  private static let checkAvailable = Function(
    "kmod.check_available", "Tells whether the running kernel has a module.", effect: .inspect, parameters: [module]
  ) { arguments, context in .bool(KernelModules(context).available().contains(arguments.string("mod"))) }

  private static let isLoaded = Function(
    "kmod.is_loaded", "Tells whether a module is loaded.", effect: .read, parameters: [module]
  ) { arguments, context in .bool(KernelModules(context).loaded().contains(arguments.string("mod"))) }

  private static let lsmod = Function(
    "kmod.lsmod", "Lists the loaded modules.", details: "Returns `[{size, module, depcount, deps}]`.", effect: .read
  ) { _, context in
    .list(
      KernelModules(context).table().map { row in
        [
          "size": .string(row.size), "module": .string(row.name), "depcount": .string(row.uses),
          "deps": .strings(row.users),
        ]
      })
  }

  private static let list = Function(
    "kmod.mod_list", "Lists the names of the loaded modules.", effect: .read,
    parameters: [.optional("only_persist", .bool, default: false, "Those that are loaded at boot.")]
  ) { arguments, context in
    let modules = KernelModules(context)
    return .strings(arguments.bool("only_persist") ? modules.persistent() : modules.loaded())
  }

  private static let load = Function(
    "kmod.load", "Loads a module.", details: "Returns the modules that were loaded, or the error's text.",
    effect: .change, parameters: [module, persist]
  ) { arguments, context in
    if context.isTest { return [] }
    return try await KernelModules(context).load(arguments.string("mod"), isPersistent: arguments.bool("persist"))
  }

  private static let remove = Function(
    "kmod.remove", "Unloads a module.", details: "Returns the modules that were removed, or the error's text.",
    effect: .change,
    parameters: [
      module, persist,
      .optional("comment", .bool, default: true, "In the file its line is made a comment instead of removed."),
    ]
  ) { arguments, context in
    if context.isTest { return [] }
    return try await KernelModules(context).remove(
      arguments.string("mod"), isPersistent: arguments.bool("persist"), isCommented: arguments.bool("comment"))
  }
}
