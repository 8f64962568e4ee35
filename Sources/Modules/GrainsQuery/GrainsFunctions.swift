public import Functions
import Value

/// `grains.*`: what is known of this host.
public enum GrainsFunctions {
  public static let all: [Function] = [
    items, item, get, list, hasValue, equals, filterBy, setValues, setValue, append, remove, deleteKey, deleteValue,
    setNested,
  ]

  static let delimiter = Parameter.optional("delimiter", .string, default: ":", "What stands between nested keys.")

  static let items = Function(
    "grains.items", "Gives all grains.",
    details: "Returns a map. Example: `brine run web1 grains.items`.", effect: .read,
    parameters: [
      .optional("sanitize", .bool, default: false, "Hides names and the serial number, for a report to others.")
    ]
  ) { arguments, context in
    .map(arguments.bool("sanitize") ? sanitized(context.grains) : context.grains)
  }

  static let item = Function(
    "grains.item", "Gives some grains by name.",
    details: """
      Returns the keys as they were asked with their values; a key may be nested (`systemd:version`). \
      Example: `brine run '*' grains.item os osrelease oscodename`.
      """,
    effect: .read,
    parameters: [
      .variadic("args", .string, "The keys."),
      .optional("default", .any, default: "", "What is given for a key that is missing."),
      delimiter,
      .optional("sanitize", .bool, default: false, "Hides names and the serial number."),
    ]
  ) { arguments, context in
    var result: ValueMap = [:]
    for key in arguments.strings("args") {
      let path = GrainPath(key, delimiter: arguments.string("delimiter"))
      result[key] = path.value(in: context.grains) ?? arguments["default"]
    }
    return .map(arguments.bool("sanitize") ? sanitized(result) : result)
  }

  static let get = Function(
    "grains.get", "Gives one grain.",
    details: """
      Returns its value; the key may be nested, through lists by number. \
      Example: `brine run '*' grains.get ip4_interfaces:eth0:0`.
      """,
    effect: .read,
    parameters: [
      .required("key", .string, "The key."),
      .optional("default", .any, default: "", "What is given when the key is missing."),
      delimiter,
      .optional("ordered", .bool, default: true, "Kept for Salt's sake; maps always keep their order."),
    ]
  ) { arguments, context in
    GrainPath(arguments.string("key"), delimiter: arguments.string("delimiter")).value(in: context.grains)
      ?? arguments["default"]
  }

  static let list = Function(
    "grains.ls", "Lists the names of all grains.",
    details: "Returns a sorted list. Example: `brine run web1 grains.ls`.", effect: .read
  ) { _, context in .strings(context.grains.keys.map(\.description).sorted()) }

  static let hasValue = Function(
    "grains.has_value", "Says whether a grain is there.",
    details: "Returns true or false. Example: `brine run '*' grains.has_value roles`.", effect: .read,
    parameters: [.required("key", .string, "The key; nested with `:`.")]
  ) { arguments, context in
    .bool(GrainPath(arguments.string("key"), delimiter: ":").value(in: context.grains) != nil)
  }

  static let equals = Function(
    "grains.equals", "Says whether a grain has a value.",
    details:
      "Returns true or false; both are compared as text. Example: `brine run '*' grains.equals systemd:version 252`.",
    effect: .read,
    parameters: [.required("key", .string, "The key; nested with `:`."), .required("value", .any, "The value.")]
  ) { arguments, context in
    let value = GrainPath(arguments.string("key"), delimiter: ":").value(in: context.grains) ?? ""
    return .bool(value.description == arguments["value"].description)
  }

  static let filterBy = Function(
    "grains.filter_by", "Picks an entry of a table by a grain of the host.",
    details: """
      Returns the entry whose key matches the grain's value, merged over `base` and with `merge` over it; null \
      when there is \
      none. Keys may be globs. Example: `brine run '*' grains.filter_by '{Debian: apache2, RedHat: httpd}'`.
      """,
    effect: .read,
    parameters: [
      .required("lookup_dict", .map, "The table."),
      .optional("grain", .string, default: "os_family", "The grain's key; nested with `:`."),
      .optional("merge", .any, "A map that is merged over the entry; any empty value counts as none."),
      .optional("default", .string, default: "default", "The key of the entry for hosts that match none."),
      .optional("base", .string, "The key of the entry that the picked one is merged over."),
    ]
  ) { arguments, context in
    let table = arguments.map("lookup_dict")
    let grain = GrainPath(arguments.string("grain"), delimiter: ":").value(in: context.grains)
    return try GrainChoice.combined(
      GrainChoice.pick(table, by: grain, default: arguments.string("default")),
      base: arguments.optionalString("base").flatMap { table[$0] },
      merge: overlay(arguments["merge"]))
  }

  /// Salt's formulas give what `pillar.get` found, which is an empty text when there is nothing.
  private static func overlay(_ value: Value) throws(FunctionError) -> ValueMap? {
    switch value {
    case .null, .bool(false), .string(""), .int(0): return nil
    case .list(let items) where items.isEmpty: return nil
    case .map(let map): return map.isEmpty ? nil : map
    default: throw FunctionError(.badArguments, "filter_by merge argument must be a dictionary.")
    }
  }

  /// Names replaced, and the last quarter of the serial number.
  private static func sanitized(_ grains: ValueMap) -> ValueMap {
    var result = grains
    for (name, text) in [
      ("domain", "DOMAINNAME"), ("fqdn", "MINION.DOMAINNAME"), ("id", "MINION.DOMAINNAME"), ("host", "MINION"),
      ("localhost", "MINION"), ("nodename", "MINION"),
    ] where result[name] != nil {
      result[name] = .string(text)
    }
    if let serial = result["serialnumber"]?.stringValue {
      let kept = serial.count * 3 / 4
      result["serialnumber"] = .string(serial.prefix(kept) + String(repeating: "X", count: serial.count - kept))
    }
    return result
  }
}
