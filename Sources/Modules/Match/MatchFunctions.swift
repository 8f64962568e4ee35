public import Functions
import OrderedCollections
import States
import Targeting
import Value

/// `match.*`: whether this host is meant by a target, for templates.
public enum MatchFunctions {
  public static let all: [Function] = [
    matcher("match.glob", .glob, "a glob on its id", "'web*'", takesID: true),
    matcher("match.pcre", .pcre, "a regular expression on its id", "'web[0-9]+'", takesID: true),
    matcher("match.list", .list, "a list of ids", "web1,web2", takesID: true),
    matcher("match.compound", .compound, "a compound expression", "'web* and G@os:Debian'", takesID: true),
    matcher("match.grain", .grain, "a grain", "'os:Debian'", takesDelimiter: true),
    matcher("match.grain_pcre", .grainPCRE, "a regular expression on a grain", "'os:Deb.*'", takesDelimiter: true),
    matcher("match.pillar", .pillar, "a pillar value", "'role:web'", takesDelimiter: true),
    matcher(
      "match.pillar_pcre", .pillarPCRE, "a regular expression on a pillar value", "'role:w.*'", takesDelimiter: true),
    matcher("match.ipcidr", .subnet, "an address or a network", "192.0.2.0/24"),
    data, filterBy, searchBy, ifElse,
  ]

  static let minionID = Parameter.optional("minion_id", .string, "Another id than this host's.")
  static let kind = Parameter.optional(
    "tgt_type", .string, default: "compound", "How targets are read.",
    choices: ["glob", "pcre", "list", "grain", "grain_pcre", "pillar", "pillar_pcre", "ipcidr", "compound", "data"])

  private static func matcher(
    _ name: String, _ kind: TargetKind, _ what: String, _ example: String, takesID: Bool = false,
    takesDelimiter: Bool = false
  ) -> Function {
    var parameters = [Parameter.required("tgt", .any, "The target; a list is joined.")]
    if takesID { parameters.append(minionID) }
    if takesDelimiter { parameters.append(.optional("delimiter", .string, default: ":", "What stands between keys.")) }
    return Function(
      name, "Says whether this host is meant by \(what).",
      details: "Returns true or false; false, as in Salt, for a target that cannot be read.\n\n"
        + "Example: `brine run '*' \(name) \(example)`.", effect: .inspect, parameters: parameters
    ) { arguments, context in
      let host = try await MatchedHost(
        context, minionID: takesID ? arguments.optionalString("minion_id") : nil, kind: kind)
      let delimiter = takesDelimiter ? arguments.string("delimiter") : ":"
      return .bool(host.matches(kind, MatchedHost.text(arguments["tgt"], kind), delimiter: delimiter))
    }
  }

  private static let data = Function(
    "match.data", "Says whether the data store of this host (`data.*`) has a value.",
    details: "Returns true or false. Example: `brine run '*' match.data 'role:web*'`.", effect: .inspect,
    parameters: [.required("tgt", .string, "`key:glob`.")]
  ) { arguments, context in
    .bool(try await MatchedHost(context, minionID: nil, kind: nil).matchesData(arguments.string("tgt")))
  }

  private static let filterBy = Function(
    "match.filter_by", "Picks the first entry of a table whose key, a target, means this host.",
    details: "Returns the entry, with `merge` over it; else the one under `default`; else null.\n\n"
      + "Example: `{% set x = salt['match.filter_by']({'web*': 1, 'G@os:Debian': 2, 'default': 3}) %}`.",
    effect: .inspect,
    parameters: [
      .required("lookup", .map, "The table."), kind, minionID,
      .optional("merge", .any, "A map that is merged over the entry; any empty value counts as none."),
      .optional("merge_lists", .bool, default: false, "Join lists instead of replacing the entry's."),
      .optional("default", .string, default: "default", "The key of the entry for hosts that match none."),
    ]
  ) { arguments, context in
    try await MatchedTable(arguments, context).pick(
      arguments.map("lookup"), default: .string(arguments.string("default")))
  }

  private static let searchBy = Function(
    "match.search_by", "Lists the keys of a table under which a target means this host.",
    details: "Returns a list, or null. Example: `{% set roles = salt['match.search_by']({'web': ['web*'], 'db': "
      + "['db*']}) %}`.", effect: .inspect,
    parameters: [.required("lookup", .map, "Key to list of targets."), kind, minionID]
  ) { arguments, context in
    let table = try await MatchedTable(arguments, context)
    var keys: [Value] = []
    for (key, targets) in arguments.map("lookup") {
      for target in targets.listValue ?? [targets] where table.matches(target) { keys.append(key) }
    }
    return keys.isEmpty ? .null : .list(keys)
  }

  private static let ifElse = Function(
    "match.ifelse", "Picks the value behind the first target that means this host, else the last value.",
    details: "Targets and values take turns; True matches every host and False none.\n\n"
      + "Example: `{{ salt['match.ifelse']('web*', 'nginx', 'db*', 'postgresql', 'nothing') }}`.", effect: .inspect,
    parameters: [
      .variadic("args", .any, "Target, value, target, value, …, the value for all others."), kind, minionID,
      .optional("merge", .any, "A map that is merged over the value."),
      .optional("merge_lists", .bool, default: false, "Join lists instead of replacing the value's."),
    ]
  ) { arguments, context in
    let words = arguments.list("args")
    guard words.count % 2 == 1, let fallback = words.last else {
      throw FunctionError(.badArguments, "The ifelse function must have an odd number of arguments!")
    }
    guard words.count > 1 else { return fallback }
    let end = Value.string("\0")
    var table: ValueMap = [:]
    for index in stride(from: 0, to: words.count - 1, by: 2) {
      switch words[index] {
      case true: table["*"] = words[index + 1]
      case false: continue
      case let target: table[target] = words[index + 1]
      }
    }
    table[end] = fallback
    return try await MatchedTable(arguments, context).pick(table, default: end)
  }
}
