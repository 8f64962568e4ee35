import Functions
import OrderedCollections
import Value

/// The packages that a state names, with the versions it wants, in its order.
struct PackageWishes: Sendable {
  /// A version is text of a `VersionRequirement`, `latest`, or nil for any.
  var versions: OrderedDictionary<String, String?> = [:]

  var names: [String] { Array(versions.keys) }
  var isEmpty: Bool { versions.isEmpty }

  init() {}

  /// Of `pkgs`, or of the name with its version where that is missing.
  ///
  /// - Returns: nil when `pkgs` is something else than packages.
  init?(_ arguments: Arguments, _ provider: any PackageProvider, isNormalizing: Bool = true) {
    let normalized = { (name: String) in isNormalizing ? Self.normalized(name, provider) : name }
    guard arguments.isGiven("pkgs") else {
      versions[normalized(arguments.string("name"))] = .some(arguments.optionalString("version"))
      return
    }
    switch arguments["pkgs"] {
    case .list(let items):
      for item in items {
        if let map = item.mapValue {
          add(map, normalized)
        } else if item.listValue == nil {
          versions[normalized(item.description)] = .some(nil)
        } else {
          return nil
        }
      }
    case .map(let map): add(map, normalized)
    case .string(let text):
      for word in text.split(separator: ",") { versions[normalized(String(word))] = .some(nil) }
    default: return nil
    }
    if versions.isEmpty { return nil }
  }

  private mutating func add(_ map: ValueMap, _ normalized: (String) -> String) {
    for (name, version) in map {
      versions[normalized(name.description)] = .some(version.isNull || version == "" ? nil : version.description)
    }
  }

  /// The name without the host's own architecture, as the package database has it.
  static func normalized(_ name: String, _ provider: any PackageProvider) -> String {
    let (separator, native): (Character, String)
    switch provider {
    case let apt as AptProvider: (separator, native) = (":", apt.nativeArchitecture)
    case let dnf as DnfProvider: (separator, native) = (".", dnf.nativeArchitecture)
    default: return name
    }
    guard let mark = name.lastIndex(of: separator) else { return name }
    let architecture = String(name[name.index(after: mark)...])
    let general: Set<String> = separator == ":" ? ["all", "any"] : ["noarch"]
    guard (!native.isEmpty && architecture == native) || general.contains(architecture) else { return name }
    return String(name[..<mark])
  }

  /// `nginx`, `nginx=1.22`, `nginx>=1.22`: how comments name a package with the version wanted.
  func text(_ name: String) -> String {
    guard let version = versions[name] ?? nil, !version.isEmpty else { return name }
    return name + ("<>=".contains(version.first ?? " ") ? "" : "=") + version
  }

  func text(_ names: [String]) -> String { names.map { text($0) }.joined(separator: ", ") }
}
