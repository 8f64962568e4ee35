public import Functions
import OrderedCollections
import Value

/// States `ini.*`: options and sections of ini files.
public enum IniStates {
  public static let all: [StateFunction] = [
    optionsPresent, optionsAbsent, sectionsPresent, sectionsAbsent,
  ]

  private static let name = Parameter.required("name", .string, "The file.")

  private static let optionsPresent = StateFunction(
    "ini.options_present",
    "An ini file has these options with these values; it is made when it is missing.",
    details: """
      Example:

          /etc/php/8.2/fpm/php.ini:
            ini.options_present:
              - separator: '='
              - sections:
                  PHP:
                    memory_limit: 128M
      """,
    parameters: [
      name,
      .optional(
        "sections", .map, "`{section: {option: value}}`, or `{option: value}` before all sections."),
      IniFunctions.separator,
      .optional(
        "strict", .bool, default: false,
        "Remove all other options of these sections, and all other sections."),
      IniFunctions.encoding, IniFunctions.noSpaces,
    ]
  ) { arguments, context in try await answered { try IniOptions(arguments, context).present() } }

  private static let optionsAbsent = StateFunction(
    "ini.options_absent", "An ini file does not have these options.",
    parameters: [
      name,
      .optional(
        "sections", .map, "`{section: [options]}`, or an option before all sections as a key."),
      IniFunctions.separator, IniFunctions.encoding,
    ]
  ) { arguments, context in try await answered { try IniOptions(arguments, context).absent() } }

  private static let namesOfSections: [Parameter] = [
    name, .optional("sections", .stringList, "The sections."), IniFunctions.separator, IniFunctions.encoding,
  ]

  private static let sectionsPresent = StateFunction(
    "ini.sections_present", "An ini file has these sections.",
    parameters: namesOfSections
  ) { arguments, context in
    try await answered {
      var file = try IniOptions.file(arguments, context)
      let names = arguments.strings("sections")
      if context.isTest {
        let missing = names.filter { file.content[$0] == nil }
        let comment = names.map {
          missing.contains($0) ? "Created new section \($0).\n" : "Section unchanged \($0).\n"
        }.joined()
        return StateResult(
          missing.isEmpty ? true : nil, comment.isEmpty ? "No changes detected." : comment)
      }
      var wanted: ValueMap = [:]
      for name in names { wanted[name] = [:] }
      let changes = file.content.update(wanted)
      try file.save()
      return StateResult(
        true, changes.isEmpty ? "No anomaly detected" : "Changes take effect", changes: changes)
    }
  }

  private static let sectionsAbsent = StateFunction(
    "ini.sections_absent", "An ini file does not have these sections.",
    parameters: namesOfSections
  ) { arguments, context in
    try await answered {
      var file = try IniOptions.file(arguments, context)
      var lines: [String] = []
      var changes: ValueMap = [:]
      for name in arguments.strings("sections") {
        guard let removed = file.content.remove(name) else {
          lines.append("Section \(name) does not exist.\n")
          continue
        }
        lines.append("Deleted section \(name).\n")
        changes[name] = IniSection.value(removed)
      }
      if context.isTest {
        return StateResult(
          changes.isEmpty ? true : nil, lines.isEmpty ? "No changes detected." : lines.joined())
      }
      try file.save()
      return StateResult(
        true, changes.isEmpty ? "No anomaly detected" : "Changes take effect", changes: changes)
    }
  }

  private static func answered(_ body: () throws -> StateResult) async throws -> StateResult {
    do { return try body() } catch let error as FunctionError {
      return StateResult(false, error.description)
    }
  }
}
