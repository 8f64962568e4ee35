public import Functions
import OrderedCollections
import States
import Value

/// `pillar.*`: this host's pillar. What is shown to people is masked, as in Salt 3008.
public enum PillarFunctions {
  public static let all: [Function] = [get, fetch, item, items, data, raw, keys, list] + others

  static let unmask = Parameter.optional(
    "unmask", .bool, "True: show values. Without it they are `**********` outside of templates and states.")
  static let delimiter = Parameter.optional(
    "delimiter", .string, default: ":", "What stands between the keys of a path.")
  static let environments: [Parameter] = [
    .optional("pillarenv", .string, "The one pillar environment that counts."),
    .optional("saltenv", .string, "Taken for compatibility."),
  ]

  private static let get = lookup("pillar.get", "A value of the pillar by its path.")
  private static let fetch = lookup("pillar.fetch", "The same as `pillar.get`.")

  private static func lookup(_ name: String, _ summary: String) -> Function {
    Function(
      name, summary,
      details: "Returns the default when there is no such path, `''` without one. With `merge=True` a map or a list of "
        + "the pillar is merged over the default.\n\nExample: `brine run web1 pillar.get users:deploy:shell`.",
      effect: .inspect,
      parameters: [
        .required("key", .string, "The path, `a:b:c`."),
        .optional("default", .any, default: "", "Returned when there is none."),
        .optional("merge", .bool, default: false, "Merge the pillar's map or list over the default."),
        .optional("merge_nested_lists", .bool, "Join lists in merged maps."), delimiter,
      ] + environments + [unmask]
    ) { arguments, context in
      let context = try await prepared(context, environment: arguments.optionalString("pillarenv"))
      let found = value(arguments.string("key"), arguments, context)
      let fallback = arguments["default"]
      var result = found ?? fallback
      if arguments.bool("merge") {
        let joins =
          arguments.isGiven("merge_nested_lists")
          ? arguments.bool("merge_nested_lists") : context.options["pillar_merge_lists"] == true
        switch (fallback, found ?? .null) {
        case (.map(let base), .map(let over)): result = .map(DictionaryMerge.update(base, over, joiningLists: joins))
        case (.list(let base), .list(let more)): result = .list(base + more.filter { !base.contains($0) })
        default: break
        }
      }
      return shown(result, arguments, context)
    }
  }

  private static let item = Function(
    "pillar.item", "Values of the pillar by their paths: `{path: value}`.", effect: .inspect,
    parameters: [
      .variadic("args", .string, "Paths, `a:b:c`."),
      .optional("default", .any, default: "", "In place of what is not there."), delimiter,
    ] + environments + [unmask]
  ) { arguments, context in
    let context = try await prepared(context, environment: arguments.optionalString("pillarenv"))
    var found: ValueMap = [:]
    for key in arguments.strings("args") {
      found[.string(key)] = value(key, arguments, context) ?? arguments["default"]
    }
    return shown(.map(found), arguments, context)
  }

  private static let items = whole("pillar.items", "The whole pillar, compiled anew.") { $0 }
  private static let data = whole("pillar.data", "The whole pillar, compiled anew.") { $0 }

  /// - Parameter shape: what is made of the pillar, or of the entries asked for.
  static func whole(
    _ name: String, _ summary: String, details: String = "", _ shape: @escaping @Sendable (Value) -> Value
  )
    -> Function
  {
    Function(
      name, summary, details: details, effect: .inspect,
      parameters: [
        .variadic("args", .string, "Paths; without any all of it."),
        .optional("pillar", .map, "Seen by templates, and merged over the pillar."),
        .optional("pillar_enc", .string, "Refused: values of a call are not decrypted."),
      ] + environments + [unmask]
    ) { arguments, context in
      guard !arguments.isGiven("pillar_enc") else {
        throw FunctionError(
          .badArguments, "pillar_enc is not carried out: what a call gives as pillar is taken as it is.",
          hint: "Put the encrypted value into a pillar file.")
      }
      let context = try await prepared(
        context, environment: arguments.optionalString("pillarenv"), override: arguments.map("pillar"))
      let keys = arguments.strings("args")
      guard !keys.isEmpty else { return shape(shown(.map(context.pillar), arguments, context)) }
      var found: ValueMap = [:]
      for key in keys { found[.string(key)] = ValuePath.value(at: key, in: .map(context.pillar)) ?? "" }
      return shape(shown(.map(found), arguments, context))
    }
  }

  private static let raw = Function(
    "pillar.raw", "The pillar as it is, not masked.", effect: .inspect,
    parameters: [.optional("key", .string, "One entry of it; an empty map when there is none."), unmask]
  ) { arguments, context in
    let context = try await prepared(context)
    var result = Value.map(context.pillar)
    if let key = arguments.optionalString("key") { result = context.pillar[key] ?? [:] }
    return arguments.isGiven("unmask") && !arguments.bool("unmask") ? PillarMask.mask(result) : result
  }

  private static let keys = Function(
    "pillar.keys", "The keys of a map in the pillar.", effect: .inspect,
    parameters: [.required("key", .string, "The map's path, `a:b:c`."), delimiter, unmask]
  ) { arguments, context in
    let context = try await prepared(context)
    let key = arguments.string("key")
    guard let found = value(key, arguments, context) else {
      throw FunctionError(.notFound, "Pillar key not found: \(key)")
    }
    guard case .map(let map) = found else {
      throw FunctionError(.failed, "Pillar value in key \(key) is not a dict")
    }
    return .list(Array(map.keys))
  }

  private static let list = whole("pillar.ls", "The keys of the pillar's top.") {
    .list(Array($0.mapValue?.keys ?? []))
  }

  /// With the pillar compiled.
  ///
  /// - Throws: `FunctionError` when it has errors: half a pillar is none.
  static func prepared(_ context: FunctionContext, environment: String? = nil, override: ValueMap = [:]) async throws
    -> FunctionContext
  {
    try await MasterlessContext.prepareWhole(context, pillarOverride: override, pillarEnvironment: environment)
  }

  static func value(_ key: String, _ arguments: Arguments, _ context: FunctionContext) -> Value? {
    let separator = arguments.string("delimiter").first ?? ":"
    return ValuePath.value(at: key, in: .map(context.pillar), separator: separator)
  }

  /// Masked, unless it was asked for plainly, or a template or state asks.
  static func shown(_ value: Value, _ arguments: Arguments, _ context: FunctionContext) -> Value {
    if arguments.isGiven("unmask") { return arguments.bool("unmask") ? value : PillarMask.mask(value) }
    return context.options["pillar_mask_output"] == false ? value : PillarMask.mask(value)
  }
}
