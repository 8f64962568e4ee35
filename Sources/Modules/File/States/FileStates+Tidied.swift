import Functions
import HostSystem
import OrderedCollections
import Value

extension FileStates {
  static let tidied = StateFunction.file(
    "file.tidied", "Old or large files below a directory are removed.",
    details: """
      `changes` has `removed`, a list. Links are never followed.

      Example:

          /var/log/app:
            file.tidied:
              - age: 30
              - matches: ['.*\\.gz$']
              - time_comparison: mtime
      """,
    parameters: [
      name, .optional("age", .int, default: 0, "Days since the last access (see `time_comparison`) at least."),
      .optional("matches", .any, "Regular expressions for the beginning of names; all when not given."),
      .optional("rmdirs", .bool, default: false, "Remove directories too."),
      .optional("size", .any, default: 0, "Bytes at least; also 10K, 1M."),
      .optional("exclude", .list, "Regular expressions for names that stay."),
      .optional("full_path_match", .bool, default: false, "The expressions are for paths."),
      .optional("followlinks", .bool, default: false, "Kept for Salt's sake; links are not followed."),
      .optional("time_comparison", .string, default: "atime", "`atime`, `mtime` or `ctime`."),
      .optional("age_size_logical_operator", .string, default: "OR", "`AND`: both have to fit."),
      .optional("age_size_only", .string, "`age` or `size`: only that has to fit."),
      .optional("rmlinks", .bool, default: true, "Remove links too."), more,
    ]
  ) { arguments, context in
    let path = try StatePath.name(arguments, of: "file.tidied")
    let files = context.functions.files
    try StatePath.requireAbsolute(path)
    guard files.isDirectory(path) else { throw StateRefusal("\(path) does not exist or is not a directory.") }
    let rule = try TidyRule(arguments)
    var found: [FileTree.Item] = []
    try FileTree.walk(path, files) { item in
      if item.depth > 0, try rule.isToGo(item) { found.append(item) }
    }
    guard !found.isEmpty else { return StateResult(true, "Nothing to remove from directory \(path)") }
    // What is deeper goes first.
    let paths = found.sorted { $0.depth > $1.depth }.map(\.path)
    guard !context.isTest else {
      return StateResult(nil, "\(path) is set for tidy", changes: ["removed": .strings(paths)])
    }
    for found in paths where files.status(found, followingLinks: false) != nil {
      // What belongs to users (/tmp) may have become a link to somewhere else since it was found.
      try files.removeAll(try AbsolutePath.removable(found, "name"), below: path)
    }
    return StateResult(
      true, "Removed \(paths.count) files or directories from directory \(path)", changes: ["removed": .strings(paths)])
  }

  static let pruned = StateFunction.file(
    "file.pruned", "An empty directory is gone, or the empty ones below it.",
    details: "Example:\n\n    /srv/old:\n      file.pruned:\n        - recurse: True",
    parameters: [
      name, .optional("recurse", .bool, default: false, "Remove empty directories below it first."),
      .optional("ignore_errors", .bool, default: false, "What is not empty is no failure."),
      .optional("older_than", .int, "Only directories not changed for so many days."),
    ]
  ) { arguments, context in
    let path = try StatePath.name(arguments, of: "file.pruned")
    guard path.hasPrefix("/"), context.functions.files.isDirectory(path) else {
      return StateResult(true, "Directory \(path) is not present")
    }
    guard !context.isTest else {
      return StateResult(nil, "Directory \(path) is set for removal", changes: ["deleted": .string(path)])
    }
    let isRecursive = arguments.bool("recurse") || arguments.bool("ignore_errors")
    let call = CallArguments(
      [.string(path)],
      named: ["recurse": .bool(isRecursive), "verbose": true, "older_than": arguments["older_than"]])
    let removal = FileFunctions.rmdir
    let outcome = try await removal.body(Arguments(binding: call, to: removal.signature), context.functions)
    let deleted = (outcome["deleted"]?.listValue ?? []).map(\.description).sorted()
    if outcome["result"] == true || (arguments.bool("ignore_errors") && !deleted.isEmpty) {
      guard isRecursive else {
        return StateResult(true, "Removed directory \(path)", changes: ["deleted": .string(path)])
      }
      guard !deleted.isEmpty else { return StateResult(true, "") }
      return StateResult(
        true, "Recursively removed empty directories under \(path)", changes: ["deleted": .strings(deleted)])
    }
    let changes: ValueMap = ["deleted": .strings(deleted), "errors": outcome["errors"] ?? []]
    return StateResult(false, "Failed to remove directory \(path)", changes: changes)
  }
}
