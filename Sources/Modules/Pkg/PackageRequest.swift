import Functions
import OrderedCollections
import Value

/// Reads the `name`, `pkgs`, `sources` and `version` arguments that Salt's package functions share, and refuses what
/// must not reach a program's argv.
struct PackageRequest {
  var provider: any PackageProvider

  /// The names of `name` (commas separate), of `pkgs` and of further words; shell patterns are left in.
  func names(_ arguments: Arguments, variadic: String? = nil) throws(FunctionError) -> [String] {
    var names = variadic.map { arguments.strings($0) } ?? []
    names += Self.words(arguments.string("name"))
    names += try packages(arguments["pkgs"]).map(\.name)
    return try self.names(of: names)
  }

  /// These names, each once; shell patterns are left in.
  func names(of names: [String]) throws(FunctionError) -> [String] {
    var unique: [String] = []
    for name in names where !unique.contains(name) {
      guard provider.isValid(name: name) || Self.isPattern(name, provider) else { throw PackageName.refusal(name) }
      unique.append(name)
    }
    return unique
  }

  /// What `pkg.install` is asked for.
  func targets(_ arguments: Arguments) throws(FunctionError) -> [PackageTarget] {
    var targets = try sources(arguments["sources"])
    var named = Self.words(arguments.string("name")).map { PackageTarget($0) }
    if let version = arguments.optionalString("version"), !version.isEmpty, version != "latest" {
      guard named.count == 1, !arguments.isGiven("pkgs") else {
        throw FunctionError(
          .badArguments, "'version' goes with exactly one 'name'.",
          hint: "For several packages say pkgs='[{\"nginx\": \"1.22.1-9\"}, \"curl\"]'.")
      }
      named[0].version = version
    }
    // Salt gives `pkgs` precedence over a name, for its states pass both.
    let packages = try packages(arguments["pkgs"])
    targets += packages.isEmpty ? named : packages
    for target in targets where target.file == nil {
      guard provider.isValid(name: target.name) else { throw PackageName.refusal(target.name) }
      guard target.version.map(Self.isVersion) ?? true else {
        throw PackageName.refusal(target.version ?? "", as: "a version")
      }
    }
    return targets
  }

  /// Installed (or otherwise given) names that the names and patterns stand for.
  ///
  /// - Returns: the matches, sorted, and the names and patterns that match nothing.
  static func resolve(_ names: [String], among known: some Sequence<String>) -> (matches: [String], missing: [String]) {
    let known = Set(known)
    var matches: Set<String> = []
    var missing: [String] = []
    for name in names {
      let found =
        PackageName.isPattern(name)
        ? known.filter { PackageName.matches($0, pattern: name) } : known.contains(name) ? [name] : []
      if found.isEmpty { missing.append(name) }
      matches.formUnion(found)
    }
    return (matches.sorted(), missing)
  }

  /// `"a,b"`, `["a", {"b": "1.2"}]` or `{"a": null, "b": "1.2"}`.
  private func packages(_ value: Value) throws(FunctionError) -> [PackageTarget] {
    switch value {
    case .null: return []
    case .string(let text): return Self.words(text).map { PackageTarget($0) }
    case .map(let map): return map.map { PackageTarget($0.key.description, version: Self.version($0.value)) }
    case .list(let items):
      return items.flatMap { item -> [PackageTarget] in
        guard let map = item.mapValue else { return [PackageTarget(item.description)] }
        return map.map { PackageTarget($0.key.description, version: Self.version($0.value)) }
      }
    default: throw FunctionError(.badArguments, "'pkgs' takes a list of packages, not \(value.kindName).")
    }
  }

  private func sources(_ value: Value) throws(FunctionError) -> [PackageTarget] {
    guard !value.isNull else { return [] }
    let items = value.listValue ?? [value]
    var targets: [PackageTarget] = []
    for (name, path) in items.compactMap(\.mapValue).flatMap({ $0.map { ($0.key.description, $0.value.description) } })
    {
      guard PackageName.isPath(path), path.hasSuffix(".deb") || path.hasSuffix(".rpm") else {
        throw PackageName.refusal(path, as: "the absolute path of a .deb or .rpm file on the host")
      }
      targets.append(PackageTarget(name, file: path))
    }
    guard targets.count >= items.count else {
      throw FunctionError(.badArguments, "'sources' takes a list of {name: path} maps, not '\(value)'.")
    }
    return targets
  }

  private static func version(_ value: Value) -> String? {
    let text = value.isNull ? "" : value.description
    return text.isEmpty || text == "latest" ? nil : text.hasPrefix("=") ? String(text.drop { $0 == "=" }) : text
  }

  private static func words(_ text: String) -> [String] {
    text.split(separator: ",").map { String($0) }.filter { !$0.isEmpty }
  }

  /// apt takes `1.22*` for a version as well.
  private static func isVersion(_ text: String) -> Bool {
    PackageName.isVersion(text.hasSuffix("*") ? String(text.dropLast()) : text)
  }

  /// A pattern holds nothing beyond a name's characters but `*?[]`.
  private static func isPattern(_ name: String, _ provider: any PackageProvider) -> Bool {
    PackageName.isPattern(name) && !name.hasPrefix("-")
      && provider.isValid(name: "a" + name.filter { !"*?[]!".contains($0) } + "a")
  }
}
