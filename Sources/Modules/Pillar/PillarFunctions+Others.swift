import Functions
import OrderedCollections
import States
import Value

extension PillarFunctions {
  static let others: [Function] = [obfuscate, filterBy, fileExists, external]

  private static let obfuscate = whole(
    "pillar.obfuscate", "The whole pillar with the type of each value in its place.",
    details: "Keys stay. Without `unmask=True` a masked value is a text, so its type is `<str>`, as in Salt."
  ) { typed($0) }

  private static func typed(_ value: Value) -> Value {
    switch value {
    case .map(let map): .map(map.mapValues(typed))
    case .list(let items): .list(items.map(typed))
    case .null: "<NoneType>"
    case .bool: "<bool>"
    case .int: "<int>"
    case .double: "<float>"
    case .string: "<str>"
    case .bytes: "<bytes>"
    }
  }

  private static let filterBy = Function(
    "pillar.filter_by", "Picks an entry of a table by a value of the pillar.",
    details: "Returns the entry whose key, a glob, matches the value or one of its values, merged over `base` and with "
      + "`merge` over it; null when there is none.\n\nExample: `brine run '*' pillar.filter_by '{web: a, db: b}' role`.",
    effect: .inspect,
    parameters: [
      .required("lookup_dict", .map, "The table."), .required("pillar", .string, "The value's path, `a:b:c`."),
      .optional("merge", .map, "A map that is merged over the entry."),
      .optional("default", .string, default: "default", "The key of the entry for hosts that match none."),
      .optional("base", .string, "The key of the entry that the picked one is merged over."),
    ]
  ) { arguments, context in
    let context = try await prepared(context)
    let table = arguments.map("lookup_dict")
    let value = ValuePath.value(at: arguments.string("pillar"), in: .map(context.pillar))
    let merge = arguments.map("merge")
    return try GrainChoice.combined(
      GrainChoice.pick(table, by: value, default: arguments.string("default")),
      base: arguments.optionalString("base").flatMap { table[$0] }, merge: merge.isEmpty ? nil : merge)
  }

  private static let fileExists = Function(
    "pillar.file_exists", "Whether a file is below this host's own `pillar_roots`.",
    details: "Of use with `--local`: a joined host's pillar is on the master, which does not tell what files it has.",
    effect: .inspect,
    parameters: [
      .required("path", .string, "Below the roots."), .optional("saltenv", .string, "Only this environment's roots."),
    ]
  ) { arguments, context in
    let source = LocalFileSource(FileRoots(context.options["pillar_roots"], fallback: "/srv/pillar"))
    let known = try await source.environments()
    let wanted = arguments.optionalString("saltenv").map { name in known.filter { $0 == name } } ?? known
    for environment in wanted {
      if try await source.localPath(of: arguments.string("path"), environment: environment) != nil { return true }
    }
    return false
  }

  private static let external = Function(
    "pillar.ext", "The pillar with one more external source, of a host that works without a master.",
    details: "`external` is an entry as in `ext_pillar`, whose kind `on_demand_ext_pillar` has to list. A master takes "
      + "no programs to run from a minion, so a joined host is refused.",
    effect: .inspect,
    parameters: [
      .required("external", .any, "A map with one kind: `{cmd_yaml: 'program %s'}`, or its YAML."),
      .optional("pillar", .map, "Seen by templates, and merged over the pillar."), unmask,
    ]
  ) { arguments, context in
    guard context.source is NoFileSource, context.master == nil else {
      throw FunctionError(
        .unavailable, "pillar.ext is not carried out with a master: it runs no programs that a minion names.",
        hint: "List the program under ext_pillar in master.yaml.")
    }
    var given = arguments["external"]
    if let text = given.stringValue { given = try YAMLParser.parse(text, file: "external").value }
    guard let entry = given.mapValue, ExternalPillar.fault(of: [given]) == nil else {
      throw FunctionError(
        .badArguments, "'external' is no entry of ext_pillar: \(ExternalPillar.fault(of: [given]) ?? "it is no map")")
    }
    let allowed = context.options["on_demand_ext_pillar"]?.listValue?.map(\.description) ?? []
    guard entry.keys.allSatisfy({ allowed.contains($0.description) }) else {
      throw FunctionError(
        .badArguments, "on_demand_ext_pillar does not list \(entry.keys.map(\.description).joined(separator: ", ")).")
    }
    var context = context
    context.options["ext_pillar"] = .list((context.options["ext_pillar"]?.listValue ?? []) + [given])
    let ready = try await prepared(context, override: arguments.map("pillar"))
    if arguments.isGiven("unmask") { return shown(.map(ready.pillar), arguments, ready) }
    return .map(ready.pillar)
  }
}
