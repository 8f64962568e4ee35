import Functions
import OrderedCollections
import States
import Value

extension ConfigFunctions {
  private static let protocols = ["salt", "file", "http", "https", "ftp", "s3", "swift"]

  static let settings: [Function] = [
    Function(
      "config.items", "The minion's whole configuration.",
      details: "Returns a map. Example: `brine run web1 config.items`.", effect: .read
    ) { _, context in .map(context.options) },
    Function(
      "config.merge", "A setting by its name, merged from configuration and pillar.",
      details: "Maps and lists of both are joined; anything else is the configuration's, else the pillar's.\n\n"
        + "Example: `brine run web1 config.merge schedule`.", effect: .inspect,
      parameters: [
        .required("value", .string, "The name."), .optional("default", .any, default: "", "When there is none."),
      ] + omissions.filter { $0.name != "omit_grains" }
    ) { arguments, context in
      let prepared = try await MasterlessContext.prepare(context)
      let pillar = shown(prepared.pillar, prepared)
      let name = arguments.string("value")
      var found: [Value] = []
      if !arguments.bool("omit_opts"), let value = prepared.options[name] { found.append(value) }
      if !arguments.bool("omit_master"), let value = pillar["master"]?[name] { found.append(value) }
      if !arguments.bool("omit_pillar"), let value = pillar[name] { found.append(value) }
      guard let first = found.first else { return arguments["default"] }
      if first.mapValue != nil {
        return .map(found.reversed().reduce(into: ValueMap()) { $0.merge($1.mapValue ?? [:]) { $1 } })
      }
      return first.listValue == nil ? first : .list(found.flatMap { $0.listValue ?? [] })
    },
    Function(
      "config.dot_vals", "All settings whose names begin with a word and a dot.",
      details: "Returns `{name: value}`. Example: `brine run web1 config.dot_vals host`.", effect: .inspect,
      parameters: [.required("value", .string, "The word.")]
    ) { arguments, context in
      let prepared = try await MasterlessContext.prepare(context)
      let lead = arguments.string("value") + "."
      var values: ValueMap = [:]
      for source in [shown(prepared.pillar, prepared), prepared.options] {
        for (key, value) in source where key.description.hasPrefix(lead) { values[key] = value }
      }
      return .map(values)
    },
    Function(
      "config.backup_mode", "How files are backed up: the given mode, else the configured one.", effect: .inspect,
      parameters: [.optional("backup", .string, default: "", "A mode, which then is the answer.")]
    ) { arguments, context in
      let given = arguments.string("backup")
      if !given.isEmpty { return .string(given) }
      for source in try await sources(nil, context) { if let mode = source["backup_mode"] { return mode } }
      return ""
    },
    Function(
      "config.manage_mode", "A file mode as states read it: four octal digits.",
      details: "Example: `brine run web1 config.manage_mode 644` answers `0644`.", effect: .read,
      parameters: [.required("mode", .string, "The mode.")]
    ) { arguments, _ in
      let text = arguments.string("mode").drop { $0 == "\"" || $0 == "'" || $0 == "0" }
      let digits = text.reversed().drop { $0 == "\"" || $0 == "'" }.reversed().map(String.init).joined()
      return .string(String(repeating: "0", count: max(0, 4 - digits.count)) + digits)
    },
    Function(
      "config.valid_fileproto", "Whether a URI can be a source of files.", effect: .read,
      parameters: [.required("uri", .string, "The URI.")]
    ) { arguments, _ in
      .bool(protocols.contains { arguments.string("uri").hasPrefix("\($0)://") })
    },
  ]
}
