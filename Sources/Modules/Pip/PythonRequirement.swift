import Functions
import HostSystem
import Value

/// What pip is to install: `name`, `name[extra]>=1,<2; marker`, `name @ address`, an address or a path.
struct PythonRequirement: Sendable {
  struct Specifier: Sendable {
    var comparison: String
    var version: String
  }

  /// As it was given.
  let text: String
  /// The normalized name; empty where only the address or path tells it.
  let name: String
  let specifiers: [Specifier]

  private static let schemes = ["git+", "svn+", "hg+", "bzr+", "http://", "https://", "ftp://", "file:"]

  /// - Throws: `StateRefusal` when it cannot be read.
  init(_ text: String) throws(StateRefusal) {
    self.text = text
    let isAddress = Self.schemes.contains { text.hasPrefix($0) }
    if isAddress || text.hasPrefix("/") || text.hasPrefix(".") {
      (name, specifiers) = Self.located(text)
      return
    }
    // Markers say when it is wanted at all; that is pip's affair.
    let body = text.prefix { $0 != ";" }
    let word = body.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
    var rest = body.dropFirst(word.count).drop { $0.isWhitespace }
    if rest.hasPrefix("["), let end = rest.firstIndex(of: "]") { rest = rest[rest.index(after: end)...] }
    rest = rest.drop { $0.isWhitespace }
    guard !word.isEmpty, !word.hasPrefix("-") else { throw Self.refusal(text) }
    name = Self.normalized(String(word))
    if rest.hasPrefix("@") {
      specifiers = []
      return
    }
    if rest.hasPrefix("("), rest.hasSuffix(")") { rest = rest.dropFirst().dropLast() }
    var found: [Specifier] = []
    for part in rest.split(separator: ",") {
      let part = part.trimmed()
      let comparison = part.prefix { "=!<>~".contains($0) }
      let version = part.dropFirst(comparison.count).trimmed()
      guard ["==", "!=", "<=", ">=", "<", ">", "~=", "==="].contains(String(comparison)), !version.isEmpty,
        !version.contains(where: \.isWhitespace),
        comparison == "===" || PythonVersion(version.hasSuffix(".*") ? version.dropLast(2) : version[...]) != nil
      else { throw Self.refusal(text) }
      found.append(Specifier(comparison: String(comparison), version: version))
    }
    guard found.isEmpty == rest.trimmed().isEmpty else { throw Self.refusal(text) }
    specifiers = found
  }

  /// `Foo_Bar.baz` is `foo-bar-baz`.
  static func normalized(_ name: String) -> String {
    name.lowercased().split { "-_.".contains($0) }.joined(separator: "-")
  }

  /// Whether an installed version is what is asked for.
  func isFulfilled(by text: String) -> Bool {
    guard !specifiers.isEmpty else { return true }
    guard let version = PythonVersion(text) else { return false }
    let takesPrereleases = specifiers.contains { PythonVersion($0.version)?.isPrerelease ?? false }
    if version.isPrerelease, !takesPrereleases { return false }
    return specifiers.allSatisfy { Self.isFulfilled($0, version, text) }
  }

  private static func isFulfilled(_ specifier: Specifier, _ version: PythonVersion, _ text: String) -> Bool {
    if specifier.comparison == "===" { return text.lowercased() == specifier.version.lowercased() }
    let isPrefix = specifier.version.hasSuffix(".*")
    guard let wanted = PythonVersion(isPrefix ? specifier.version.dropLast(2) : specifier.version[...]) else {
      return false
    }
    func isSame() -> Bool {
      if isPrefix { return version.starts(with: wanted) }
      return wanted.hasLocal ? version == wanted : version.isEqualPublicly(wanted)
    }
    switch specifier.comparison {
    case "==": return isSame()
    case "!=": return !isSame()
    case "<=": return !wanted.isLessPublicly(version)
    case ">=": return !version.isLessPublicly(wanted)
    case "~=": return !version.isLessPublicly(wanted) && version.starts(with: wanted, dropping: 1)
    case "<":
      return version < wanted && !(version.isPrerelease && !wanted.isPrerelease && version.hasBase(of: wanted))
    default:
      return wanted < version && !(version.isPostRelease && !wanted.isPostRelease && version.hasBase(of: wanted))
        && !(version.hasLocal && version.hasBase(of: wanted))
    }
  }

  /// The name in `#egg=` or in a wheel's file name.
  private static func located(_ text: String) -> (String, [Specifier]) {
    let parts = text.split(separator: "#", maxSplits: 1)
    let fragments = (parts.count > 1 ? String(parts[1]) : "").split(separator: "&")
    if let egg = fragments.first(where: { $0.hasPrefix("egg=") })?.dropFirst(4).prefix(while: { $0 != "[" }),
      !egg.isEmpty
    {
      return (normalized(String(egg)), [])
    }
    let file = PathText.basename(parts.first.map(String.init) ?? "").split(separator: "-")
    guard file.count >= 5, file.last?.hasSuffix(".whl") == true else { return ("", []) }
    return (normalized(String(file[0])), [Specifier(comparison: "==", version: String(file[1]))])
  }

  private static func refusal(_ text: String) -> StateRefusal {
    if text.contains("="), !text.contains("==") {
      return StateRefusal(
        "Invalid version specification in package \(text). '=' is not supported, use '==' instead.")
    }
    return StateRefusal("pip raised an exception while parsing '\(text)': Invalid requirement: '\(text)'")
  }
}
