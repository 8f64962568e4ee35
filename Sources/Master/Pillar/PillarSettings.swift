import Configuration
import OrderedCollections
import States
public import Value

/// What `master.yaml` says about pillar. The keys have Salt's names, meanings and defaults.
public struct PillarSettings: Sendable {
  /// As a compile and its templates see them (`opts`).
  public var options: ValueMap
  /// Seconds that one compile may take, external programs included.
  public var timeout: Int
  /// Compiles for minions that run at once.
  public var workers: Int
  /// Repositories that `ext_pillar: git` names, by the setting as `options` has it.
  private(set) var gitEntries: [Value: [GitPillarRemote]] = [:]
  /// Whether SLS may include those of other repositories of the same environment.
  private(set) var gitIncludes = true

  /// - Parameters:
  ///   - directory: the master's configuration directory; keys of gpg are below it unless configured otherwise.
  ///   - isSystem: whether that is the system's own: roots are then below `/srv/brine`.
  init(_ file: inout ConfigurationFile, directory: String, isSystem: Bool) throws(ConfigurationError) {
    timeout = try file.int("pillar_timeout", default: 60, in: 1...3600)
    workers = try file.int("pillar_workers", default: 2, in: 1...64)
    let external = file.value("ext_pillar") ?? .list([])
    if let fault = ExternalPillar.fault(of: external) { throw Self.refusal(&file, "ext_pillar", fault) }
    let gitGeneral = GitRemote.general("git_pillar_", GitPillarRemote.general, &file)
    gitIncludes = try file.bool("git_pillar_includes", default: true)
    for entry in external.listValue ?? [] {
      guard let setting = entry["git"] else { continue }
      do throws(GitRemoteReader.Fault) {
        gitEntries[Self.withoutPasswords(setting)] = try GitPillarRemote.read(setting, gitGeneral)
      } catch { throw Self.refusal(&file, "ext_pillar", "git: \(error.message)") }
    }
    let decrypted = file.value("decrypt_pillar") ?? .list([])
    guard decrypted.listValue != nil || decrypted.mapValue != nil else {
      throw Self.refusal(&file, "decrypt_pillar", "it takes a list of paths, or of 'path: gpg'")
    }
    options = [
      "pillar_roots": try Self.roots(&file, default: isSystem ? "/srv/brine/pillar" : "\(directory)/pillar"),
      "pillarenv": try file.optionalString("pillarenv").map(Value.string) ?? .null,
      "pillar_source_merging_strategy": .string(
        try file.choice(
          "pillar_source_merging_strategy", default: "smart",
          of: ["smart", "recurse", "list", "aggregate", "overwrite", "none"])),
      "pillar_merge_lists": .bool(try file.bool("pillar_merge_lists", default: false)),
      "pillar_includes_override_sls": .bool(try file.bool("pillar_includes_override_sls", default: false)),
      "ext_pillar": Self.withoutPasswords(external),
      "ext_pillar_first": .bool(try file.bool("ext_pillar_first", default: false)),
      "exclude_ext_pillar": .strings(try file.strings("exclude_ext_pillar")),
      "ext_pillar_timeout": .integer(try file.int("ext_pillar_timeout", default: 30, in: 1...3600)),
      "decrypt_pillar": decrypted,
      "decrypt_pillar_delimiter": .string(try file.string("decrypt_pillar_delimiter", default: ":")),
      "decrypt_pillar_default": .string(try file.choice("decrypt_pillar_default", default: "gpg", of: ["gpg"])),
      "decrypt_pillar_renderers": .strings(try file.strings("decrypt_pillar_renderers", default: ["gpg"])),
      "gpg_keydir": .string(try file.string("gpg_keydir", default: "\(directory)/gpgkeys")),
      "conf_dir": .string(directory), "state_top": "top.sls", "renderer": "jinja|yaml",
    ]
  }

  /// As templates may see it in `opts`.
  private static func withoutPasswords(_ external: Value) -> Value {
    switch external {
    case .map(let map):
      .map(
        ValueMap(
          uniqueKeysWithValues: map.map { ($0.key, $0.key == "password" ? "**********" : withoutPasswords($0.value)) }))
    case .list(let items): .list(items.map(withoutPasswords))
    default: external
    }
  }

  private static func refusal(_ file: inout ConfigurationFile, _ key: String, _ message: String) -> ConfigurationError {
    let place = file.place(of: key)
    return ConfigurationError(file: place.file, line: place.line, "'\(key)': \(message)")
  }

  /// `{environment: [directories]}`; a single directory counts as a list of one.
  private static func roots(_ file: inout ConfigurationFile, default path: String) throws(ConfigurationError) -> Value {
    var roots: ValueMap = [:]
    for (environment, value) in try file.map("pillar_roots") {
      let paths = (value.listValue ?? [value]).compactMap(\.stringValue)
      guard value.listValue != nil || value.stringValue != nil else {
        throw refusal(&file, "pillar_roots", "environment '\(environment)' takes a list of directories")
      }
      if let relative = paths.first(where: { !$0.hasPrefix("/") }) {
        throw refusal(&file, "pillar_roots", "'\(relative)' is no absolute path")
      }
      roots[.string(environment.description)] = .strings(paths)
    }
    return .map(roots.isEmpty ? ["base": .strings([path])] : roots)
  }

  /// The directories of all environments.
  var directories: [String] {
    (options["pillar_roots"]?.mapValue ?? [:]).values.flatMap { ($0.listValue ?? []).compactMap(\.stringValue) }
  }
}
