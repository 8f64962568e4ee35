public import Functions
import OrderedCollections
import Value

/// `pip.*`: packages of Python.
public enum PipFunctions {
  public static let all: [Function] = [
    install, uninstall, version, freeze, normalize, upgrade,
    query("pip.list", "Lists the installed packages.", "Returns `{name: version}`.", prefix: true) { pip, arguments in
      .map(try await pip.installed(arguments.string("prefix")))
    },
    query("pip.list_upgrades", "Lists what has something newer.", "Returns `{name: 'version [kind]'}`.") { pip, _ in
      .map(try await pip.upgrades())
    },
    query("pip.is_installed", "Tells whether a package is installed.", "", package: "pkgname") { pip, arguments in
      let name = arguments.string("pkgname")
      return .bool(try await pip.installed(name)[PythonRequirement.normalized(name)] != nil)
    },
    query(
      "pip.upgrade_available", "Tells whether there is something newer of a package.", "", package: "pkg"
    ) { pip, arguments in .bool(try await pip.upgrades()[arguments.string("pkg")] != nil) },
    query(
      "pip.list_all_versions", "Lists the versions of a package that can be had.", "Returns a list, or null.",
      package: "pkg", more: ["index_url", "extra_index_url"]
    ) { pip, arguments in
      let versions = try await pip.available(
        arguments.string("pkg"), PipOptions.words(arguments, only: ["index_url", "extra_index_url"]),
        takesPrereleases: false)
      return versions.isEmpty ? .null : .strings(versions)
    },
  ]

  static let install = Function(
    "pip.install", "Installs packages of Python.",
    details:
      "Returns what `cmd.run_all` returns.\n\nExample: `brine run web1 pip.install flask bin_env=/srv/app/venv`.",
    effect: .change,
    parameters: [.optional("pkgs", .any, "Packages: a list, or a text with commas.")] + PipOptions.installation
      + PipOptions.place + [.optional("saltenv", .string, default: "base", "The environment of `salt://` files.")]
  ) { arguments, context in
    let packages = PipOptions.items(arguments["pkgs"])
    try context.stopIfTest("pip install \(packages.joined(separator: " "))")
    return .map(
      try await PipInstallation(arguments: arguments, context: context, environment: arguments.string("saltenv"))
        .install(packages))
  }

  private static let uninstall = Function(
    "pip.uninstall", "Removes packages of Python.", details: "Returns what `cmd.run_all` returns.", effect: .change,
    parameters: [.optional("pkgs", .any, "Packages: a list, or a text with commas.")]
      + PipOptions.installation.filter { ["requirements", "log", "proxy", "timeout", "use_vt"].contains($0.name) }
      + PipOptions.place.filter { $0.name != "env_vars" }
      + [
        .optional("saltenv", .string, default: "base", "The environment of `salt://` files."),
        .optional("extra_args", .list, "Further words of pip's command line."),
      ]
  ) { arguments, context in
    let packages = PipOptions.items(arguments["pkgs"])
    try context.stopIfTest("pip uninstall \(packages.joined(separator: " "))")
    return .map(
      try await PipInstallation(arguments: arguments, context: context, environment: arguments.string("saltenv"))
        .uninstall(packages))
  }

  private static let version = query("pip.version", "Gives pip's version.", "") { pip, _ in
    .string(try await pip.version())
  }

  private static let freeze = query("pip.freeze", "Lists the installed packages as requirements.", "") { pip, _ in
    .strings(try await pip.frozen())
  }

  private static let normalize = Function(
    "pip.normalize", "Gives a package's name as pip compares it.", effect: .read,
    parameters: [.required("name", .string, "Such as `Foo_Bar`.")]
  ) { arguments, _ in .string(PythonRequirement.normalized(arguments.string("name"))) }

  private static let upgrade = Function(
    "pip.upgrade", "Upgrades all packages.", details: "Returns `{changes, result, comment}`.", effect: .change,
    parameters: PipOptions.place
  ) { arguments, context in
    try context.stopIfTest("upgrade all packages of Python")
    return try await upgraded(PipProgram(arguments, context))
  }

  static func upgraded(_ pip: PipProgram) async throws -> Value {
    let (isFine, errors, changes) = try await pip.upgradeAll()
    return ["changes": .map(changes), "result": .bool(isFine), "comment": .string(errors)]
  }

  private static func query(
    _ name: String, _ summary: String, _ details: String, prefix: Bool = false, package: String? = nil,
    more: [String] = [], _ body: @escaping @Sendable (PipProgram, Arguments) async throws -> Value
  ) -> Function {
    var parameters: [Parameter] = []
    if prefix { parameters.append(.optional("prefix", .string, "Only those whose names begin with it.")) }
    if let package { parameters.append(.required(package, .string, "The package's name.")) }
    parameters += PipOptions.place + PipOptions.installation.filter { more.contains($0.name) }
    return Function(name, summary, details: details, effect: .inspect, parameters: parameters) { arguments, context in
      try await body(PipProgram(arguments, context), arguments)
    }
  }
}
