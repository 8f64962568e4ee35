public import Functions
import HostSystem
import OrderedCollections
import States
import Value

/// `defaults.*`: what a formula says where nobody says otherwise (`FORMULA/defaults.yaml`).
public enum DefaultsFunctions {
  public static let all: [Function] = [get, merge, update, copy]

  private static let get = Function(
    "defaults.get", "A value of a formula's `defaults.yaml` or `defaults.json`.",
    details: "Example: `brine run web1 defaults.get nginx:workers`.", effect: .inspect,
    parameters: [
      .required("key", .string, "The formula, a colon, and the path in its defaults; the formula alone for all."),
      .optional("default", .any, default: "", "When there is none."),
    ]
  ) { arguments, context in
    let parts = arguments.string("key").split(separator: ":", maxSplits: 1).map(String.init)
    let source = MasterlessContext.withFiles(context).source
    guard let formula = parts.first, let defaults = try await load(formula, source) else { return .null }
    guard parts.count > 1 else { return defaults }
    return ValuePath.value(at: parts[1], in: defaults) ?? arguments["default"]
  }

  private static func load(_ formula: String, _ source: any FileSource) async throws -> Value? {
    for name in ["yaml", "json"] {
      let path = "\(formula)/defaults.\(name)"
      guard let local = try await source.localPath(of: path, environment: "base") else { continue }
      let text = try HostFiles().readText(local)
      do {
        let value = name == "yaml" ? try YAMLParser.parse(text, file: path).value : try JSONParser.parse(text)
        return value.isNull ? [:] : value
      } catch {
        throw FunctionError(.failed, "\(path) cannot be read: \(error)")
      }
    }
    return nil
  }

  private static let joining = Parameter.optional("merge_lists", .bool, default: false, "Join lists that are in both.")
  private static let taken: [Parameter] = [
    .optional("in_place", .bool, default: true, "Taken for compatibility; arguments are never changed."),
    .optional("convert_none", .bool, default: true, "Taken for compatibility; nothing is an empty map."),
  ]

  private static let merge = Function(
    "defaults.merge", "Merges the second map over the first.", effect: .read,
    parameters: [.required("dest", .map, "The first."), .optional("src", .map, "The second."), joining] + taken
  ) { arguments, _ in
    .map(
      DictionaryMerge.update(
        arguments.map("dest"), arguments.map("src"), joiningLists: arguments.bool("merge_lists")))
  }

  private static let update = Function(
    "defaults.update", "Merges each map in a map over the defaults.",
    details: "Example: `{a: {x: 1}}` and `{x: 0, y: 0}` give `{a: {x: 1, y: 0}}`.", effect: .read,
    parameters: [
      .required("dest", .map, "Maps by name."), .optional("defaults", .map, "What each of them has at least."),
      .optional("merge_lists", .bool, default: true, "Join lists that are in both."),
    ] + taken
  ) { arguments, _ in
    let joins = arguments.bool("merge_lists")
    return .map(
      arguments.map("dest").mapValues { node in
        .map(DictionaryMerge.update(arguments.map("defaults"), node.mapValue ?? [:], joiningLists: joins))
      })
  }

  private static let copy = Function(
    "defaults.deepcopy", "The value itself: values are never shared here.", effect: .read,
    parameters: [.required("source", .any, "Any value.")]
  ) { arguments, _ in arguments["source"] }
}
