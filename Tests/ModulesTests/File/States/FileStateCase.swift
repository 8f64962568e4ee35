import Functions
import Glibc
import HostSystem
import OrderedCollections
import Value

/// What real Salt 3008 answered: files to begin with, states one after the other, and the files afterwards.
struct FileStateCase: Sendable, CustomStringConvertible {
  struct Step: Sendable {
    var arguments: ValueMap
    var isTest: Bool
    var result: Value
    var changes: Value
    var comment: String
    var warnings: [String]
    var skipsRequisites: Bool
  }

  var group: String
  var title: String
  var state: String
  var files: ValueMap
  var steps: [Step]
  var after: ValueMap

  /// Whether it says who owns a file.
  var isOfOwners: Bool {
    state == "file.symlink" || steps.contains { $0.arguments["user"] != nil || $0.arguments["group"] != nil }
  }

  var description: String { "\(group): \(title)" }

  static let groups = [
    "managed", "directory", "recurse", "link", "presence", "append", "line", "replace", "block", "comment", "keyvalue",
    "serialize", "copy", "tidied", "decode", "node", "pruned",
  ]

  static let all: [FileStateCase] = groups.flatMap { group in
    (read("\(group).json").listValue ?? []).map { FileStateCase(group, $0) }
  }

  /// The files of the file server.
  static let served: ValueMap = read("served.json").mapValue ?? [:]

  /// Texts and their diffs by Python's `difflib`.
  static var differences: [(String, String, String)] {
    (read("difflib.json").listValue ?? []).map {
      ($0["old"]?.stringValue ?? "", $0["new"]?.stringValue ?? "", $0["diff"]?.stringValue ?? "")
    }
  }

  private static func read(_ name: String) -> Value {
    // The file may have been compiled through a link to its directory.
    guard let real = realpath(#filePath, nil) else { return .null }
    defer { free(real) }
    let directory = String(cString: real).split(separator: "/").dropLast().joined(separator: "/")
    guard let bytes = try? HostFiles().read("/\(directory)/Cases/\(name)") else { return .null }
    return (try? JSONParser.parse(bytes)) ?? .null
  }

  private init(_ group: String, _ value: Value) {
    self.group = group
    title = value["title"]?.stringValue ?? ""
    state = value["state"]?.stringValue ?? ""
    files = value["files"]?.mapValue ?? [:]
    after = value["after"]?.mapValue ?? [:]
    steps = (value["steps"]?.listValue ?? []).map { step in
      Step(
        arguments: step["args"]?.mapValue ?? [:], isTest: step["test"] == true, result: step["result"] ?? .null,
        changes: step["changes"] ?? [:], comment: step["comment"]?.stringValue ?? "",
        warnings: (step["warnings"]?.listValue ?? []).map(\.description), skipsRequisites: step["skip_req"] == true)
    }
  }
}
