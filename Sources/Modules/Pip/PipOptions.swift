import Functions
import HostSystem
import OrderedCollections
import Value

/// The arguments of `pip.install` and what they are on pip's command line.
enum PipOptions {
  enum Kind: Sendable { case flag, text, list }

  private static let table: [(name: String, option: String, kind: Kind)] = [
    ("no_binary", "--no-binary", .text), ("log", "--log", .text), ("proxy", "--proxy", .text),
    ("timeout", "--timeout", .text), ("find_links", "--find-links", .list), ("index_url", "--index-url", .text),
    ("extra_index_url", "--extra-index-url", .text), ("no_index", "--no-index", .flag), ("build", "--build", .text),
    ("target", "--target", .text), ("download", "--download", .text), ("download_cache", "--cache-dir", .text),
    ("cache_dir", "--cache-dir", .text), ("source", "--source", .text), ("upgrade", "--upgrade", .flag),
    ("force_reinstall", "--force-reinstall", .flag), ("ignore_installed", "--ignore-installed", .flag),
    ("exists_action", "--exists-action", .text), ("no_deps", "--no-deps", .flag), ("no_install", "--no-install", .flag),
    ("no_download", "--no-download", .flag), ("no_cache_dir", "--no-cache-dir", .flag),
    ("pre_releases", "--pre", .flag),
    ("cert", "--cert", .text), ("global_options", "--global-option", .list),
    ("install_options", "--install-option", .list), ("allow_all_external", "--allow-all-external", .flag),
    ("allow_external", "--allow-external", .list), ("allow_unverified", "--allow-unverified", .list),
    ("process_dependency_links", "--process-dependency-links", .flag), ("trusted_host", "--trusted-host", .text),
    ("disable_version_check", "--disable-pip-version-check", .flag),
  ]

  static let place: [Parameter] = [
    .optional("bin_env", .string, "A virtual environment or a program; else the host's python3."),
    .optional("user", .string, "The user that pip runs as."),
    .optional("cwd", .string, "The directory that it runs in."),
    .optional("env_vars", .map, "Variables of its environment."),
  ]

  /// What installs take beside packages and place.
  static let installation: [Parameter] =
    table.map { .optional($0.name, .any, "pip's `\($0.option)`.") } + [
      .optional("editable", .any, "Installed with `--editable`: a path or an address, or several."),
      .optional("requirements", .any, "A file of requirements, also `salt://`, or several."),
      .optional("extra_args", .list, "Further words of pip's command line; maps are an option with its value."),
      .optional("use_wheel", .bool, default: false, "Only of pip before 9.0.4, which is refused."),
      .optional("no_use_wheel", .bool, default: false, "Only of pip before 9.0.4, which is refused."),
      .optional("mirrors", .any, "Only of pip before 7, which is refused."),
      .optional("use_vt", .bool, default: false, "Taken for compatibility and not used."),
    ]

  static let names: [String] = (installation + place).map(\.name)

  static func words(_ arguments: Arguments, only names: Set<String>? = nil) throws -> [String] {
    if arguments.has("mirrors"), arguments.isGiven("mirrors") {
      throw FunctionError(
        .badArguments, "pip >= 7.0.0 does not support mirror argument: use index_url and/or extra_index_url instead")
    }
    var words: [String] = []
    for (name, option, kind) in table where names?.contains(name) ?? true && arguments.has(name) {
      let value = arguments[name]
      guard ![.null, false, "", .list([])].contains(value) else { continue }
      switch kind {
      case .flag: words.append(option)
      case .text: words += [option, value.listValue?.map(\.description).joined(separator: ",") ?? value.description]
      case .list: for item in Self.items(value) { words += [option, item] }
      }
    }
    return words
  }

  static func further(_ arguments: Arguments) -> [String] {
    arguments.list("extra_args").flatMap { item in
      item.mapValue.map { $0.flatMap { [$0.description, $1.description] } } ?? [item.description]
    }
  }

  /// A list, or a text with commas.
  static func items(_ value: Value) -> [String] {
    if value.isNull { return [] }
    return value.listValue?.map(\.description) ?? value.description.split(separator: ",").map { $0.trimmed() }
  }
}
