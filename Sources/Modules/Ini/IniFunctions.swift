public import Functions
import OrderedCollections
import Value

/// `ini.*`: options of ini files.
public enum IniFunctions {
  public static let all: [Function] = reading + writing

  static let file = Parameter.required("file_name", .string, "The file.")
  static let separator = Parameter.optional(
    "separator", .string, default: "=", "What stands between an option's name and its value.")
  static let encoding = Parameter.optional("encoding", .string, "utf-8.")
  static let noSpaces = Parameter.optional(
    "no_spaces", .bool, default: false, "Write no spaces around the separator.")
  private static let section = Parameter.required(
    "section", .any, "The section; empty for what stands before all of them.")
  private static let option = Parameter.required("option", .string, "The option.")

  private static let reading: [Function] = [
    Function(
      "ini.get_option", "The value of an option of an ini file.",
      details:
        "Returns null when there is none. Example: `brine run web1 ini.get_option /etc/php.ini PHP memory_limit`.",
      effect: .inspect, parameters: [file, section, option, separator, encoding]
    ) { arguments, context in
      let content = try read(arguments, context).content
      let name = arguments.string("option")
      guard let section = sectionName(arguments) else {
        return content[name].map(IniSection.value) ?? .null
      }
      return content.section(section)?[name].map(IniSection.value) ?? .null
    },
    Function(
      "ini.get_section", "The options of a section of an ini file.",
      details: "Returns `{option: value}`.",
      effect: .inspect, parameters: [file, section, separator, encoding]
    ) { arguments, context in
      .map(try read(arguments, context).content.section(arguments.string("section"))?.value ?? [:])
    },
    Function(
      "ini.get_ini", "All of an ini file.", details: "Returns `{section: {option: value}}`.",
      effect: .inspect,
      parameters: [file, separator, encoding]
    ) { arguments, context in .map(try read(arguments, context).content.value) },
  ]

  private static let writing: [Function] = [
    Function(
      "ini.set_option", "Sets options of an ini file.",
      details:
        "Returns what was changed, `{section: {option: {before, after}}}`. A commented-out option is replaced where "
        + "it stands. Example: `brine run web1 ini.set_option /etc/php.ini '{PHP: {memory_limit: 128M}}'`.",
      effect: .change,
      parameters: [
        file,
        .optional(
          "sections", .map,
          "`{section: {option: value}}`, or `{option: value}` before all sections."),
        separator, encoding, noSpaces,
      ]
    ) { arguments, context in
      var file = try read(arguments, context)
      let changes = file.content.update(arguments.map("sections"))
      if !context.isTest { try file.save() }
      return .map(changes)
    },
    Function(
      "ini.remove_option", "Takes an option out of an ini file.",
      details: "Returns its value, or null.",
      effect: .change, parameters: [file, section, option, separator, encoding]
    ) { arguments, context in
      var file = try read(arguments, context)
      let option = arguments.string("option")
      let removed: IniSection.Entry?
      if let section = sectionName(arguments), file.content.section(section) != nil {
        removed = file.content.remove(option, of: section)
      } else {
        removed = file.content.remove(option)
      }
      if !context.isTest { try file.save() }
      return removed.map(IniSection.value) ?? .null
    },
    Function(
      "ini.remove_section", "Takes a section out of an ini file.",
      details: "Returns its options, or null.",
      effect: .change, parameters: [file, section, separator, encoding]
    ) { arguments, context in
      var file = try read(arguments, context)
      guard let removed = file.content.remove(arguments.string("section")) else { return .null }
      if !context.isTest { try file.save() }
      return IniSection.value(removed)
    },
  ]

  private static func sectionName(_ arguments: Arguments) -> String? {
    let name = arguments.string("section")
    return name.isEmpty ? nil : name
  }

  private static func read(_ arguments: Arguments, _ context: FunctionContext) throws(FunctionError)
    -> IniFile
  {
    try IniFile(
      arguments.string("file_name"), separator: arguments.string("separator"),
      encoding: arguments["encoding"],
      noSpaces: arguments.has("no_spaces") && arguments.bool("no_spaces"), context.files)
  }
}
