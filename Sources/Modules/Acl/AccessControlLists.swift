import Functions
import HostSystem
import OrderedCollections
import Value

/// What getfacl(1) says of files, and setfacl(1) sets.
struct AccessControlLists: Sendable {
  struct Entry: Sendable {
    var isDefault: Bool
    /// `user`, `group`, `mask` or `other`.
    var type: String
    /// Of the owner's and the owning group's entries the name of those.
    var name: String
    var octal: Int
  }

  /// One file: its comments (`file`, `owner`, `group`, `flags`) and entries.
  struct List: Sendable {
    var comments: ValueMap = [:]
    var entries: [Entry] = []

    func entries(_ type: String, isDefault: Bool) -> [Entry] {
      entries.filter { $0.type == type && $0.isDefault == isDefault }
    }
  }

  let context: FunctionContext

  init(_ context: FunctionContext) { self.context = context }

  /// The lists of files, and with `isRecursive` of all below, by path.
  func lists(_ paths: [String], isRecursive: Bool) async throws -> OrderedDictionary<String, List> {
    guard !paths.isEmpty else {
      throw FunctionError(.badArguments, "You need to specify at least one file or directory to work with!")
    }
    for path in paths { _ = try AbsolutePath.check(path) }
    let text = try await context.output(
      of: ["getfacl", "--absolute-names"] + (isRecursive ? ["-R"] : []) + ["--"] + paths, package: "acl")
    var lists: OrderedDictionary<String, List> = [:]
    var path = ""
    for line in text.splitLines() where !line.isEmpty {
      if line.hasPrefix("# ") {
        let words = line.dropFirst(2).split(separator: ":", maxSplits: 1).map { $0.trimmed() }
        guard words.count == 2 else { continue }
        if words[0] == "file" { path = words[1] }
        lists[path, default: List()].comments[words[0]] = .string(words[1])
        continue
      }
      guard let entry = Self.entry(line, lists[path]?.comments ?? [:]) else { continue }
      lists[path]?.entries.append(entry)
    }
    return lists
  }

  /// Salt's shape of one list.
  static func value(_ list: List) -> Value {
    var map: ValueMap = ["comment": .map(list.comments), "user": [], "group": []]
    var defaults: ValueMap = [:]
    for entry in list.entries {
      let isNamed = ["user", "group"].contains(entry.type)
      let value: Value = [
        .string(isNamed ? entry.name : ""): [
          "permissions": [
            "read": .bool(entry.octal & 4 != 0), "write": .bool(entry.octal & 2 != 0),
            "execute": .bool(entry.octal & 1 != 0),
          ],
          "octal": .integer(entry.octal),
        ]
      ]
      let key = Value.string(entry.type)
      if entry.isDefault {
        defaults[key] = .list((defaults[key]?.listValue ?? []) + [value])
      } else {
        map[key] = .list((map[key]?.listValue ?? []) + [value])
      }
    }
    if !defaults.isEmpty { map["defaults"] = .map(defaults) }
    let flags = Array(list.comments["flags"]?.description ?? "")
    for (index, name) in ["suid", "sgid", "sticky"].enumerated() where flags.count == 3 && flags[index] != "-" {
      map[.string(name)] = true
    }
    return .map(map)
  }

  private static func entry(_ line: String, _ comments: ValueMap) -> Entry? {
    // What a mask takes away stands behind it as a comment.
    var words = line.prefix { !$0.isWhitespace }.split(separator: ":", omittingEmptySubsequences: false).map(
      String.init)
    let isDefault = words.first == "default"
    if isDefault { words.removeFirst() }
    guard words.count == 3 else { return nil }
    let owner = words[0] == "user" ? comments["owner"] : words[0] == "group" ? comments["group"] : nil
    let octal = (words[2].contains("r") ? 4 : 0) + (words[2].contains("w") ? 2 : 0) + (words[2].contains("x") ? 1 : 0)
    return Entry(
      isDefault: isDefault, type: words[0], name: words[1].isEmpty ? owner?.description ?? "" : words[1], octal: octal)
  }

  /// `d:` and the type's letter.
  private static func prefix(_ type: String) throws -> String {
    let isDefault = type.hasPrefix("d:") || type.hasPrefix("default:")
    let word = isDefault ? String(type.drop { $0 != ":" }.dropFirst()) : type
    let letters = ["user": "u", "u": "u", "group": "g", "g": "g", "mask": "m", "m": "m", "other": "o", "o": "o"]
    guard let letter = letters[word] else {
      throw FunctionError(.badArguments, "'\(type)' is not a type of an entry.", hint: "user, group, mask, or d:user …")
    }
    return (isDefault ? "d:" : "") + letter
  }

  func clear(_ paths: [String], isRecursive: Bool) async throws { try await set(["-b"], paths, isRecursive) }

  func modify(_ type: String, _ name: String, _ permissions: String, _ paths: [String], isRecursive: Bool) async throws
  {
    guard permissions.allSatisfy({ "rwxX-01234567".contains($0) }) else {
      throw FunctionError(.badArguments, "'\(permissions)' are not permissions.", hint: "Such as rwx or r-x.")
    }
    try await set(["-m", "\(Self.prefix(type)):\(checked(name)):\(permissions)"], paths, isRecursive)
  }

  func remove(_ type: String, _ name: String, _ paths: [String], isRecursive: Bool) async throws {
    try await set(["-x", "\(Self.prefix(type)):\(checked(name))"], paths, isRecursive)
  }

  private func checked(_ name: String) throws -> String {
    guard !name.contains(where: { ":,".contains($0) || $0.isWhitespace }) else {
      throw FunctionError(.badArguments, "'\(name)' is not the name of a user or group.")
    }
    return name
  }

  private func set(_ words: [String], _ paths: [String], _ isRecursive: Bool) async throws {
    for path in paths { _ = try AbsolutePath.check(path) }
    _ = try await context.output(
      of: ["setfacl"] + (isRecursive ? ["-R"] : []) + words + ["--"] + paths, package: "acl")
  }
}
