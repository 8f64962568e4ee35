import Functions
import Glibc
import HostSystem
import Value

/// The criteria of one `file.find`.
struct FileFinder: Sendable {
  private var names: [GlobPattern] = []
  private var lowercaseNames: [GlobPattern] = []
  private var kinds: Set<FileStatus.Kind> = []
  private var users: Set<UInt32>?
  private var groups: Set<UInt32>?
  private var sizes: ClosedRange<Int64>?
  private var age: FileAge?
  private let depths: ClosedRange<Int>
  private let prints: [String]

  init(_ arguments: Arguments, _ context: FunctionContext) async throws {
    let lowest = max(0, arguments.int("mindepth") ?? 0)
    depths = lowest...max(lowest, arguments.int("maxdepth") ?? .max)
    prints = try Self.prints(arguments.string("print"))
    if let name = arguments.optionalString("name") { names = try Self.patterns(name) }
    if let name = arguments.optionalString("iname") { lowercaseNames = try Self.patterns(name.lowercased()) }
    kinds = try Self.kinds(arguments.string("type"))
    sizes = try arguments.optionalString("size").map { try FileSizeRange.parse($0) }
    age = try arguments.optionalString("mtime").map { try FileAge(parsing: $0, now: Self.now()) }
    let owner = try FileOwner(context)
    if arguments.isGiven("user") {
      var ids: Set<UInt32> = []
      for word in arguments.strings("user") { if let id = try await owner.uid(.string(word)) { ids.insert(id) } }
      users = ids
    }
    if arguments.isGiven("group") {
      var ids: Set<UInt32> = []
      for word in arguments.strings("group") { if let id = try await owner.gid(.string(word)) { ids.insert(id) } }
      groups = ids
    }
  }

  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  func items(below path: String, _ files: HostFiles) throws -> [FileTree.Item] {
    var found: [FileTree.Item] = []
    try FileTree.walk(path, files, maximumDepth: depths.upperBound) { item in
      if item.depth >= depths.lowerBound, matches(item, files) { found.append(item) }
      guard found.count <= PathGlob.limit else {
        throw FunctionError(
          .failed, "More than \(PathGlob.limit) files below '\(path)' fit.", hint: "Give criteria that leave fewer.")
      }
    }
    return found
  }

  private func matches(_ item: FileTree.Item, _ files: HostFiles) -> Bool {
    let name = PathText.basename(item.path)
    guard names.isEmpty || names.contains(where: { $0.matches(name) }) else { return false }
    if !lowercaseNames.isEmpty {
      let lowercase = name.lowercased()
      guard lowercaseNames.contains(where: { $0.matches(lowercase) }) else { return false }
    }
    // As in Salt, a link counts as what it leads to; but type=l finds it too.
    guard let status = item.followed(files) else { return false }
    if !kinds.isEmpty, !kinds.contains(status.kind), !kinds.contains(item.status.kind) { return false }
    return (users?.contains(status.uid) ?? true) && (groups?.contains(status.gid) ?? true)
      && (sizes?.contains(status.size) ?? true) && (age?.matches(status.modificationTime) ?? true)
  }

  func printed(_ item: FileTree.Item, _ context: FunctionContext) async throws -> Value {
    var values: [Value] = []
    for print in prints { values.append(try await printed(print, item, context)) }
    return values.count == 1 ? values[0] : .list(values)
  }

  private func printed(_ print: String, _ item: FileTree.Item, _ context: FunctionContext) async throws -> Value {
    let status = item.followed(context.files) ?? item.status
    switch print {
    case "name": return .string(PathText.basename(item.path))
    case "size": return .int(status.size)
    case "type": return .string(FileKindLetter.letter(of: status.kind))
    case "mode": return .integer(status.mode & 0o777)
    case "mtime": return .int(Int64(status.modificationTime.rounded(.down)))
    case "user": return try await FileOwner(context).user(status.uid)
    case "group": return try await FileOwner(context).group(status.gid)
    case "md5": return status.kind == .file ? .string(try await FileDigest.md5.digest(of: item.path, context)) : ""
    default: return .string(item.path)
    }
  }

  private static func prints(_ text: String) throws(FunctionError) -> [String] {
    let words = text.split { $0 == "," || $0 == " " }.map(String.init)
    let known = ["path", "name", "size", "type", "mode", "mtime", "user", "group", "md5"]
    if let word = words.first(where: { !known.contains($0) }) {
      throw FunctionError(
        .badArguments, "file.find cannot print '\(word)'.", hint: "There are \(known.joined(separator: ", ")).")
    }
    return words.isEmpty ? ["path"] : words
  }

  private static func kinds(_ letters: String) throws(FunctionError) -> Set<FileStatus.Kind> {
    var kinds: Set<FileStatus.Kind> = []
    for letter in letters where letter != "a" {
      guard let kind = FileKindLetter.kind(of: letter) else {
        throw FunctionError(.badArguments, "'\(letter)' is not a type of files.", hint: "There are a b c d f l p s.")
      }
      kinds.insert(kind)
    }
    return letters.contains("a") ? [] : kinds
  }

  /// The pattern with `{a,b}` taken apart, each for itself.
  private static func patterns(_ text: String) throws(FunctionError) -> [GlobPattern] {
    var waiting = [text]
    var done: [GlobPattern] = []
    while let pattern = waiting.popLast() {
      guard waiting.count + done.count < 256 else {
        throw FunctionError(.badArguments, "'\(text)' stands for too many patterns.", hint: "Use fewer braces.")
      }
      guard let end = pattern.firstIndex(of: "}"), let start = pattern[..<end].lastIndex(of: "{") else {
        done.append(GlobPattern(pattern))
        continue
      }
      let inside = pattern[pattern.index(after: start)..<end]
      for part in inside.split(separator: ",", omittingEmptySubsequences: false) {
        waiting.append("\(pattern[..<start])\(part)\(pattern[pattern.index(after: end)...])")
      }
    }
    return done
  }
}
