import Functions
import HostSystem
import OrderedCollections
import Value

/// One `file.patch`: the options, and the runs of patch(1), which never goes through a shell.
struct PatchRun {
  let context: StateContext
  let path: String
  private let isDirectory: Bool
  private var options: [String] = []
  private var strip: Int?

  init(_ path: String, options line: String, strip: Int?, _ context: StateContext) throws {
    self.context = context
    self.path = path
    self.strip = strip
    isDirectory = context.functions.files.isDirectory(path)
    var words = try ShellWords.split(line)[...]
    var refused: [String] = []
    while let word = words.popFirst() {
      if ["-N", "--forward", "-r", "--reject-file", "-o", "--output"].contains(where: word.hasPrefix) {
        refused.append(word)
      }
      if word.hasPrefix("-p") {
        self.strip = try Self.number(String(word.dropFirst(2)), "-p")
      } else if word.hasPrefix("--strip") {
        let equals = word.lastIndex(of: "=").map { String(word[word.index(after: $0)...]) }
        self.strip = try Self.number(equals ?? words.popFirst() ?? "", "-strip")
      } else {
        options.append(word)
      }
    }
    guard refused.isEmpty else {
      throw StateRefusal("The following CLI options are not allowed: \(refused.joined(separator: ", "))")
    }
  }

  private static func number(_ text: String, _ option: String) throws -> Int {
    guard let number = Int(text) else {
      throw StateRefusal(
        "Invalid format for '\(option)' CLI option. Consider using the 'strip' option for this state.")
    }
    return number
  }

  func run(_ patch: [UInt8], rejects given: String?) async throws -> StateResult {
    let files = context.functions.files
    let base = "/tmp/brine-patch-\(UInt64.random(in: 0 ... .max))"
    let (input, output, rejects) = (base + ".in", base + ".out", given ?? base + ".rej")
    defer { for path in [input, output] + (given == nil ? [rejects] : []) { try? files.remove(path) } }
    try files.write(input, patch, mode: 0o600)
    try files.write(output, [], mode: 0o600)
    let strips = isDirectory ? strip.map { ["-p\($0)"] } ?? [] : []
    let check = try await patched(
      input, ["-N", "-r", files.resolve(rejects), "-o", files.resolve(output)] + strips)
    guard check["retcode"] == 0 else { return try await refused(check, rejects, isKept: given != nil) }
    guard !context.isTest else { return StateResult(nil, "The patch would be applied", changes: check) }
    let changes = try await patched(input, strips)
    let isDone = changes["retcode"] == 0
    return StateResult(isDone, isDone ? "Patch successfully applied" : "Failed to apply patch", changes: changes)
  }

  /// What does not apply may be there already: then its rejects apply the other way round.
  private func refused(_ check: ValueMap, _ rejects: String, isKept: Bool) async throws -> StateResult {
    let files = context.functions.files
    let error = check["stderr"]?.stringValue ?? ""
    guard files.status(rejects)?.size ?? 0 > 0 else { return StateResult(false, error) }
    let reverse = try await patched(rejects, ["-R", "-f", "--dry-run"])
    if check["retcode"] == 2, !error.isEmpty { return StateResult(false, error) }
    if reverse["retcode"] == 0 { return StateResult(true, "Patch was already applied") }
    var comment = "Patch would not apply cleanly, no changes made. Results of dry-run are below."
    if !isKept {
      comment += " Run state again using the reject_file option to save rejects to a persistent file."
    }
    let indent = String(repeating: " ", count: 14)
    comment += "\n\n\(indent)----------"
    for (key, value) in check.sorted(by: { $0.key.description < $1.key.description }) {
      comment += "\n\(indent)\(key):"
      for line in value.description.splitLines() { comment += "\n\(indent)    \(line)" }
    }
    return StateResult(false, comment)
  }

  private func patched(_ input: String, _ more: [String]) async throws -> ValueMap {
    let files = context.functions.files
    var words = ["patch"] + options + more
    if !words.contains("-N") { words.append("--forward") }
    if !words.contains("-r") { words.append("--reject-file=-") }
    words += ["-i", files.resolve(input)]
    if isDirectory {
      words += ["-d", files.resolve(path)]
      if !words.contains(where: { $0.hasPrefix("-p") }) { words.append("--strip=0") }
    } else {
      words.append(files.resolve(path))
    }
    let result = try await context.functions.commands.runParsed(words)
    return [
      "pid": .integer(result.processID), "retcode": .integer(result.exitCode),
      "stdout": .string(result.outputText.trimmed()), "stderr": .string(result.errorText.trimmed()),
    ]
  }
}
