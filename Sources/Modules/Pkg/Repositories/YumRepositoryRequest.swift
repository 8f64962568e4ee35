import Functions
import HostSystem
import OrderedCollections
import Value

/// The repository that `pkgrepo.managed` or `pkg.mod_repo` is asked for on dnf.
struct YumRepositoryRequest: Sendable, Hashable {
  static let links = ["baseurl", "mirrorlist", "metalink"]
  static let directories = ["/etc/yum.repos.d", "/etc/yum/repos.d", "/etc/distro.repos.d"]

  var id: String
  /// Values as they stand in the file; nil takes an option out.
  var options: OrderedDictionary<String, String?> = [:]
  var comments: [String]?
  var directory: String?

  /// - Parameter isState: a state's repository is enabled and has a name where nothing is said.
  init(_ id: String, _ arguments: Arguments, isState: Bool) throws(FunctionError) {
    guard !id.hasPrefix("copr:"), !arguments.isGiven("copr") else {
      throw FunctionError(
        .unavailable, "Copr projects are not set up here.", hint: "Give the project's baseurl and gpgkey.")
    }
    guard PackageName.isRepository(id), !id.contains("/"), id.utf8.count <= 200 else {
      throw FunctionError(.badArguments, "'\(id.shownOnOneLine)' is no id of a repository.")
    }
    self.id = id
    if let name = arguments.optionalString("humanname") ?? arguments.optionalString("human_name")
      ?? (isState ? id : nil)
    {
      options["name"] = name
    }
    for name in Self.links + ["gpgcheck", "gpgkey"] where arguments.isGiven(name) {
      options[name] = .some(Self.text(arguments[name]))
    }
    for (key, value) in arguments.map("kwargs") where !key.description.hasPrefix("__") {
      options[key.description.lowercased()] = .some(Self.text(value))
    }
    if let disabled = AptRepositoryRequest.truth(arguments["disabled"]) {
      options["enabled"] = disabled ? "0" : "1"
    } else if let enabled = AptRepositoryRequest.truth(arguments["enabled"]) {
      options["enabled"] = enabled ? "1" : "0"
    } else if isState {
      options["enabled"] = "1"
    }
    if arguments.isGiven("comments") {
      comments = (arguments["comments"].listValue ?? [arguments["comments"]]).map(\.description)
    }
    directory = arguments.optionalString("basedir")
    try check()
    let given = Self.links.filter { options[$0] != nil }
    guard given.count < 2 else {
      throw FunctionError(.badArguments, "One and only one of \(Self.links.joined(separator: ", ")) can be used")
    }
    // Another link takes the place of the one that is there.
    if let link = given.first, options[link] != .some(nil) {
      for other in Self.links where other != link { options[other] = .some(nil) }
    }
  }

  private func check() throws(FunctionError) {
    for (name, value) in options {
      guard !name.isEmpty,
        name.utf8.allSatisfy({ $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") || $0.isLowerOrDigit })
      else { throw FunctionError(.badArguments, "'\(name.shownOnOneLine)' is no option of a repository.") }
      guard value?.isOneLine ?? true else {
        throw FunctionError(.badArguments, "The value of '\(name)' has more than one line.")
      }
    }
    guard (comments ?? []).allSatisfy(\.isOneLine) else {
      throw FunctionError(.badArguments, "A comment has more than one line.")
    }
    guard directory.map({ PackageName.isPath($0) }) ?? true else {
      throw FunctionError(.badArguments, "basedir= is an absolute path.")
    }
  }

  /// Nil, which takes the option out, for an empty text.
  private static func text(_ value: Value) -> String? {
    switch value {
    case .bool(let truth): return truth ? "1" : "0"
    case .list(let items): return items.isEmpty ? nil : items.map(\.description).joined(separator: " ")
    default:
      let text = value.isNull ? "" : value.description
      return text.isEmpty ? nil : text
    }
  }

  /// Whether two values of an option mean the same: 1, true and yes do.
  static func isSame(_ left: String, _ right: String) -> Bool {
    if left.fields() == right.fields() { return true }
    guard let left = AptRepositoryLine.truth(left), let right = AptRepositoryLine.truth(right) else { return false }
    return left == right
  }
}

extension UInt8 {
  fileprivate var isLowerOrDigit: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
  }
}
