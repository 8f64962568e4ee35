public import Functions
import OrderedCollections
import States
import Value

/// `slsutil.*`: rendering, merging and asking about SLS trees.
public enum SlsutilFunctions {
  public static let all: [Function] = rendering + serializing + merging + texts + paths

  static let strategy = Parameter.optional(
    "strategy", .string, default: "smart", "How maps are merged.", choices: DictionaryMerge.allCases.map(\.rawValue))
  static let joining = Parameter.optional(
    "merge_lists", .bool, default: false, "Join lists that are in both, instead of replacing the first's.")
  static let renderer = Parameter.optional("renderer", .string, default: "yaml", "Taken for compatibility.")

  private static let merging: [Function] = [
    Function(
      "slsutil.merge", "Merges the second map over the first.",
      details:
        "`recurse` (also `smart`) merges maps in maps; `overwrite` and `aggregate` replace whole entries; `list` "
        + "makes lists of what is in both.", effect: .read,
      parameters: [
        .required("obj_a", .map, "The first."), .required("obj_b", .map, "The second."), strategy, renderer, joining,
      ]
    ) { arguments, _ in
      .map(merge(arguments.map("obj_a"), arguments.map("obj_b"), arguments))
    },
    Function(
      "slsutil.merge_all", "Merges a list of maps, each over those before it.", effect: .read,
      parameters: [.required("lst", .list, "The maps."), strategy, renderer, joining]
    ) { arguments, _ in
      .map(arguments.list("lst").reduce([:]) { merge($0, $1.mapValue ?? [:], arguments) })
    },
    Function(
      "slsutil.update", "Updates a map by another.", effect: .read,
      parameters: [
        .required("dest", .map, "The first."), .required("upd", .map, "The second."),
        .optional("recursive_update", .bool, default: true, "Merge maps in maps instead of replacing them."), joining,
      ]
    ) { arguments, _ in
      let (first, second) = (arguments.map("dest"), arguments.map("upd"))
      guard arguments.bool("recursive_update") else { return .map(first.merging(second) { $1 }) }
      return .map(DictionaryMerge.update(first, second, joiningLists: arguments.bool("merge_lists")))
    },
  ]

  private static func merge(_ first: ValueMap, _ second: ValueMap, _ arguments: Arguments) -> ValueMap {
    let strategy = DictionaryMerge(rawValue: arguments.string("strategy")) ?? .smart
    return strategy.merge(first, second, joiningLists: arguments.bool("merge_lists"))
  }
}
