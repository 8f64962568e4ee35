import Configuration
import HostSystem
import OrderedCollections
public import Value

/// The keys of `minion.yaml` that states, pillar and templates go by. They have Salt's names, meanings and defaults.
public struct StateSettings: Sendable {
  /// Whether state runs show states that are well and changed nothing.
  public var isVerbose: Bool
  /// `full`, `terse`, `mixed` or `changes`.
  public var output: String
  /// Whether this host's own files and pillar count, though it has a master (`file_client: local`).
  public var isLocal: Bool
  /// All of them as functions and templates see them (`opts`).
  public var options: ValueMap

  /// - Parameter isSystem: without a directory of its own, roots are below `/srv/brine`.
  init(_ file: inout ConfigurationFile, isSystem: Bool) throws(ConfigurationError) {
    isVerbose = try file.bool("state_verbose", default: true)
    output = try file.choice("state_output", default: "full", of: ["full", "terse", "mixed", "changes"])
    let client = try file.choice("file_client", default: "remote", of: ["local", "remote"])
    isLocal = client == "local"
    let saltenv = try Self.optionalText("saltenv", &file)
    let pillarenv = try Self.optionalText("pillarenv", &file)
    let defaultTop = try file.string("default_top", default: "base")
    options = [
      "file_roots": try Self.roots("file_roots", default: isSystem ? "/srv/brine/states" : nil, &file),
      "pillar_roots": try Self.roots("pillar_roots", default: isSystem ? "/srv/brine/pillar" : nil, &file),
      "file_client": .string(client),
      "saltenv": saltenv, "environment": saltenv, "pillarenv": pillarenv, "default_top": .string(defaultTop),
      "env_order": .strings(try file.strings("env_order")),
      "top_file_merging_strategy": .string(
        try file.choice("top_file_merging_strategy", default: "merge", of: ["merge", "same", "merge_all"])),
      "state_top": .string(try file.string("state_top", default: "top.sls")),
      "state_top_saltenv": try Self.optionalText("state_top_saltenv", &file),
      "pillar_source_merging_strategy": .string(
        try file.choice(
          "pillar_source_merging_strategy", default: "smart",
          of: ["smart", "recurse", "list", "aggregate", "overwrite", "none"])),
      "pillar_merge_lists": .bool(try file.bool("pillar_merge_lists", default: false)),
      "pillar_includes_override_sls": .bool(try file.bool("pillar_includes_override_sls", default: false)),
      "ext_pillar": try Self.externalPillar(&file),
      "ext_pillar_first": .bool(try file.bool("ext_pillar_first", default: false)),
      "exclude_ext_pillar": .strings(try file.strings("exclude_ext_pillar")),
      "on_demand_ext_pillar": .strings(try file.strings("on_demand_ext_pillar")),
      "decrypt_pillar": file.value("decrypt_pillar") ?? .list([]),
      "gpg_keydir": try Self.optionalText("gpg_keydir", &file),
      "nodegroups": .map(try file.map("nodegroups")), "failhard": .bool(try file.bool("failhard", default: false)),
      "state_aggregate": file.value("state_aggregate") ?? false,
      "state_auto_order": .bool(try file.bool("state_auto_order", default: true)),
      "state_max_parallel": .int(Int64(try file.int("state_max_parallel", default: 0, in: 0...10_000))),
      "disabled_requisites": .strings(try file.strings("disabled_requisites")),
      "test": .bool(try file.bool("test", default: false)),
      "renderer": .string(try file.string("renderer", default: "jinja|yaml")),
      "jinja_trim_blocks": .bool(try file.bool("jinja_trim_blocks", default: false)),
      "jinja_lstrip_blocks": .bool(try file.bool("jinja_lstrip_blocks", default: false)),
      "jinja_env": .map(try file.map("jinja_env")), "jinja_sls_env": .map(try file.map("jinja_sls_env")),
      "state_verbose": .bool(isVerbose), "state_output": .string(output),
    ]
  }

  private static func optionalText(_ key: String, _ file: inout ConfigurationFile) throws(ConfigurationError) -> Value {
    try file.optionalString(key).map(Value.string) ?? .null
  }

  private static func externalPillar(_ file: inout ConfigurationFile) throws(ConfigurationError) -> Value {
    let given = file.value("ext_pillar") ?? .list([])
    guard given.listValue != nil else {
      let place = file.place(of: "ext_pillar")
      throw ConfigurationError(file: place.file, line: place.line, "'ext_pillar' takes a list of maps")
    }
    return given
  }

  /// `{environment: [directories]}`; a single directory counts as a list of one.
  private static func roots(_ key: String, default path: String?, _ file: inout ConfigurationFile)
    throws(ConfigurationError) -> Value
  {
    let given = try file.map(key)
    let place = file.place(of: key)
    func refuse(_ message: String) -> ConfigurationError {
      ConfigurationError(file: place.file, line: place.line, "'\(key)': \(message)")
    }
    var roots: ValueMap = [:]
    for (environment, value) in given {
      let paths = value.stringValue.map { [$0] } ?? value.listValue?.map(\.description) ?? []
      guard !paths.isEmpty || value.listValue != nil else {
        throw refuse("environment '\(environment)' is \(value.kindName); it takes a list of directories")
      }
      if let relative = paths.first(where: { !$0.hasPrefix("/") }) {
        throw refuse("'\(relative)' is no absolute path")
      }
      roots[environment] = .strings(paths)
    }
    if given.isEmpty, let path { roots["base"] = .strings([path]) }
    return .map(roots)
  }
}
