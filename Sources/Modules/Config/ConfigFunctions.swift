public import Functions
import OrderedCollections
import States
import Value

/// `config.*`: settings, looked up in the configuration, the grains and the pillar.
public enum ConfigFunctions {
  public static let all: [Function] = [get, option] + settings

  static let omissions: [Parameter] = [
    .optional("omit_opts", .bool, default: false, "Leave out the configuration."),
    .optional("omit_grains", .bool, default: false, "Leave out the grains."),
    .optional("omit_pillar", .bool, default: false, "Leave out the pillar."),
    .optional("omit_master", .bool, default: false, "Leave out the pillar's `master`."),
  ]

  private static let get = Function(
    "config.get", "A setting by its path: from the configuration, else the grains, else the pillar.",
    details: "With `merge` maps of all of them are merged, the configuration's over the grains' over the pillar's.\n\n"
      + "Example: `brine run web1 config.get nginx:user www-data`.", effect: .inspect,
    parameters: [
      .required("key", .string, "The path, `a:b:c`."), .optional("default", .any, default: "", "When there is none."),
      .optional("delimiter", .string, default: ":", "What stands between the keys."),
      .optional("merge", .string, "How maps are merged.", choices: ["recurse", "overwrite"]),
    ] + omissions
  ) { arguments, context in
    let sources = try await sources(arguments, context)
    let key = arguments.string("key")
    let separator = arguments.string("delimiter").first ?? ":"
    if let word = arguments.optionalString("merge") {
      let strategy = DictionaryMerge(rawValue: word) ?? .recurse
      let merged = sources.reversed().reduce([:]) { strategy.merge($0, $1) }
      return ValuePath.value(at: key, in: .map(merged), separator: separator) ?? arguments["default"]
    }
    for source in sources {
      if let value = ValuePath.value(at: key, in: .map(source), separator: separator) { return value }
    }
    return arguments["default"]
  }

  private static let option = Function(
    "config.option", "A setting by its name: from the configuration, else the grains, else the pillar.",
    effect: .inspect,
    parameters: [
      .required("value", .string, "The name."), .optional("default", .any, default: "", "When there is none."),
    ] + omissions + [.optional("omit_all", .bool, default: false, "Leave out all of them.")]
  ) { arguments, context in
    guard !arguments.bool("omit_all") else { return arguments["default"] }
    for source in try await sources(arguments, context) {
      if let value = source[arguments.string("value")] { return value }
    }
    return arguments["default"]
  }

  /// - Parameter arguments: what to leave out; nil for nothing.
  static func sources(_ arguments: Arguments?, _ context: FunctionContext) async throws -> [ValueMap] {
    let context = try await MasterlessContext.prepare(context)
    func omits(_ name: String) -> Bool { arguments?.bool(name) ?? false }
    var sources: [ValueMap] = []
    if !omits("omit_opts") { sources.append(context.options) }
    if !omits("omit_grains") { sources.append(context.grains) }
    if !omits("omit_pillar") { sources.append(shown(context.pillar, context)) }
    if !omits("omit_master"), let master = context.pillar["master"]?.mapValue {
      sources.append(shown(master, context))
    }
    return sources
  }

  /// Pillar values are plain to templates and states alone.
  static func shown(_ pillar: ValueMap, _ context: FunctionContext) -> ValueMap {
    context.options["pillar_mask_output"] == false ? pillar : PillarMask.mask(.map(pillar)).mapValue ?? [:]
  }
}
