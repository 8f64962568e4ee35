import Functions
import HostSystem
import OrderedCollections
import Value

/// What `dnf group info` says of a group of packages.
struct PackageGroup: Sendable, Hashable {
  static let kinds = ["mandatory", "optional", "default", "conditional"]

  var name = ""
  var id = ""
  var description = ""
  /// It consists of groups.
  var isEnvironment = false
  /// Packages, or groups, by kind.
  var members: [String: [String]] = [:]

  /// Lines are `Group: x`, ` Mandatory Packages:` and then one member a line; dnf5 writes ` Mandatory packages : a` and
  /// `  : b`.
  init?(_ lines: [String]) {
    var kind: String?
    for line in lines {
      let text = line.trimmed()
      let colon = text.firstIndex(of: ":")
      let key = colon.map { text[..<$0].trimmed().lowercased() } ?? ""
      let value = colon.map { text[text.index(after: $0)...].trimmed() } ?? text
      if let found = Self.kinds.first(where: { key == "\($0) packages" || key == "\($0) groups" }) {
        kind = found
        if !value.isEmpty { members[found, default: []].append(value) }
        continue
      }
      switch key {
      case "group", "name": name = value
      case "environment group": (name, isEnvironment) = (value, true)
      case "id", "group-id", "environment-id": id = value
      case "description": description = value
      case "" where kind != nil && !value.isEmpty:
        members[kind ?? "", default: []].append(String(value.drop { "=+- ".contains($0) }))
      default: kind = nil
      }
    }
    if name.isEmpty, id.isEmpty { return nil }
    for kind in Self.kinds { members[kind] = Set(members[kind] ?? []).sorted() }
  }

  var value: Value {
    var map: ValueMap = [:]
    for kind in Self.kinds { map[.string(kind)] = .strings(members[kind] ?? []) }
    map["type"] = .string(isEnvironment ? "environment group" : "package group")
    map["group"] = .string(name)
    map["id"] = .string(id)
    map["description"] = .string(description)
    return .map(map)
  }

  /// What of it is installed, by kind.
  func difference(_ installed: Set<String>) -> [String: (installed: [String], missing: [String])] {
    members.mapValues { names in (names.filter(installed.contains), names.filter { !installed.contains($0) }) }
  }

  static func read(_ name: String, _ context: FunctionContext) async throws -> PackageGroup {
    guard let dnf = try PackageProviders.provider(for: context) as? DnfProvider, dnf.tool != .microdnf else {
      throw FunctionError(.unavailable, "This host's package system has no groups.", hint: "Groups are those of dnf.")
    }
    guard name.isOneLine, !name.isEmpty, !name.hasPrefix("-") else {
      throw FunctionError(.badArguments, "'\(name.shownOnOneLine)' is no group of packages.")
    }
    let words = dnf.tool == .yum ? ["groupinfo"] : ["group", "info"]
    let arguments = [dnf.program, "-q"] + words + [name]
    let result = try await context.commands.run(DnfProvider.command(arguments))
    guard result.isSuccess, let group = PackageGroup(result.outputLines) else {
      throw FunctionError(
        .notFound, "Group '\(name)' not found. \(OutputTail.failure(of: arguments, result, lines: 3))")
    }
    return group
  }

  /// The group with what its groups hold.
  static func expanded(_ name: String, _ context: FunctionContext) async throws -> PackageGroup {
    let group = try await read(name, context)
    guard group.isEnvironment else { return group }
    var whole = group
    whole.members = [:]
    for member in PackageGroup.kinds.filter({ $0 != "optional" }).flatMap({ group.members[$0] ?? [] }) {
      for (kind, names) in try await read(member, context).members { whole.members[kind, default: []] += names }
    }
    whole.members = whole.members.mapValues { Set($0).sorted() }
    return whole
  }
}
