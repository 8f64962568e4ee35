import Functions
import OrderedCollections
import Value

/// The states `ini.options_present` and `ini.options_absent`.
struct IniOptions {
  private var file: IniFile
  private let sections: ValueMap
  private let isStrict: Bool
  private let isTest: Bool
  private var lines: [String] = []
  private var changes: ValueMap = [:]

  init(_ arguments: Arguments, _ context: StateContext) throws {
    file = try Self.file(arguments, context)
    sections = arguments.map("sections")
    isStrict = arguments.has("strict") && arguments.bool("strict")
    isTest = context.isTest
  }

  static func file(_ arguments: Arguments, _ context: StateContext) throws(FunctionError) -> IniFile {
    try IniFile(
      arguments.string("name"), separator: arguments.string("separator"),
      encoding: arguments["encoding"],
      noSpaces: arguments.has("no_spaces") && arguments.bool("no_spaces"), context.functions.files)
  }

  // MARK: Present

  func present() throws -> StateResult {
    var work = self
    return try work.makePresent()
  }

  private mutating func makePresent() throws -> StateResult {
    let options = sections.filter { $0.value.mapValue == nil }
    note(options, in: file.content, "")
    for (name, change) in file.content.update(options) { changes[name] = change }
    if isStrict { removeOthers(options) }
    for (key, value) in sections {
      guard let wanted = value.mapValue else { continue }
      let name = key.description
      let place = name.isEmpty ? "" : " in section \(name)"
      var inner: ValueMap = [:]
      if isStrict { inner = removeOthers(wanted, of: name, place) }
      note(wanted, in: file.content.section(name), place)
      for (option, change) in file.content.update([key: value])[key]?.mapValue ?? [:] {
        inner[option] = change
      }
      if !inner.isEmpty { changes[key] = .map(inner) }
    }
    guard !isTest else {
      return StateResult(changes.isEmpty ? true : nil, lines.joined())
    }
    try file.save()
    return StateResult(
      true, changes.isEmpty ? "No anomaly detected" : "Changes take effect", changes: changes)
  }

  /// What test mode says of each option.
  private mutating func note(_ options: ValueMap, in section: IniSection?, _ place: String) {
    for (name, value) in options {
      let isSame = section?.option(name.description) == PythonText.str(value)
      lines.append("\(isSame ? "Unchanged" : "Changed") key \(name)\(place).\n")
    }
  }

  /// Options before all sections, and sections, that nothing asks for.
  private mutating func removeOthers(_ options: ValueMap) {
    for (name, value) in file.content.value where options[name] == nil {
      if value.mapValue == nil {
        lines.append("Removed key \(name).\n")
      } else if sections[name]?.mapValue == nil {
        lines.append("Removed section \(name).\n")
      } else {
        continue
      }
      _ = file.content.remove(name.description)
      changes[name] = ["before": value, "after": .null]
    }
  }

  private mutating func removeOthers(_ wanted: ValueMap, of section: String, _ place: String)
    -> ValueMap
  {
    var removed: ValueMap = [:]
    for (name, value) in file.content.section(section)?.value ?? [:] where wanted[name] == nil {
      lines.append("Deleted key \(name)\(place).\n")
      _ = file.content.remove(name.description, of: section)
      removed[name] = ["before": value, "after": .null]
    }
    return removed
  }

  // MARK: Absent

  func absent() throws -> StateResult {
    var work = self
    return try work.makeAbsent()
  }

  private mutating func makeAbsent() throws -> StateResult {
    for (key, value) in sections {
      let section = key.description
      guard let options = value.listValue else {
        let entry = file.content.option(section) == nil ? nil : file.content.remove(section)
        if let taken = noted(entry, section, "") { changes[key] = taken }
        continue
      }
      let place = section.isEmpty ? "" : " in section \(section)"
      var removed: ValueMap = [:]
      for option in options.map(\.description) {
        let entry =
          section.isEmpty ? file.content.remove(option) : file.content.remove(option, of: section)
        if let taken = noted(entry, option, place) { removed[option] = taken }
      }
      if !removed.isEmpty { changes[key] = .map(removed) }
    }
    guard !isTest else {
      let comment = lines.isEmpty ? "No changes detected." : lines.joined()
      return StateResult(changes.isEmpty ? true : nil, comment)
    }
    try file.save()
    return StateResult(
      true, changes.isEmpty ? "No anomaly detected" : "Changes take effect", changes: changes)
  }

  private mutating func noted(_ entry: IniSection.Entry?, _ name: String, _ place: String) -> Value? {
    lines.append(
      entry == nil ? "Key \(name)\(place) does not exist.\n" : "Deleted key \(name)\(place).\n")
    return entry.map(IniSection.value)
  }
}
