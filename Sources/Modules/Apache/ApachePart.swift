import Functions
import HostSystem
import Value

/// What Debian's Apache has switched on: modules, sites and pieces of configuration, each a link into `*-available`.
struct ApachePart: Sendable {
  static let all = [
    ApachePart(word: "mod", noun: "module", label: "Mod", suffixes: [".load", ".conf"]),
    ApachePart(word: "site", noun: "site", label: "Site", suffixes: [".conf"]),
    ApachePart(word: "conf", noun: "conf", label: "Conf", suffixes: [".conf"]),
  ]

  /// As in `a2enmod`.
  let word: String
  let noun: String
  let label: String
  /// What a name may end with; the first is added where it has none.
  let suffixes: [String]

  func isEnabled(_ name: String, _ files: HostFiles) throws(FunctionError) -> Bool {
    try Self.check(name)
    let file = suffixes.contains { name.hasSuffix($0) } ? name : name + suffixes[0]
    let directory = "/etc/apache2/\(word == "conf" ? "conf" : word + "s")-enabled"
    return files.linkTarget("\(directory)/\(file)") != nil
      || (word == "site" && name == "default" && files.linkTarget("\(directory)/000-default.conf") != nil)
  }

  /// Runs `a2en…` or `a2dis…`.
  ///
  /// - Returns: Salt's `Status`, the text of what was done or the program's exit code, and what the program said.
  func set(
    _ name: String, enabled: Bool, _ context: FunctionContext
  ) async throws -> (status: Value, isDone: Bool, words: String) {
    try Self.check(name)
    let program = "a2\(enabled ? "en" : "dis")\(word)"
    guard context.commands.which(program) != nil else {
      throw FunctionError(.unavailable, "This host has no \(program).", hint: "It comes with Debian's apache2.")
    }
    let result = try await context.commands.run(program, name)
    let status: Value =
      switch result.exitCode {
      case 0: .string("\(label) \(name) \(enabled ? "enabled" : "disabled")")
      case 1: .string("\(label) \(name) Not found")
      default: .integer(result.exitCode)
      }
    return (status, result.isSuccess, OutputTail.text(of: result, lines: 5))
  }

  /// A name of a file, never a path or an option.
  private static func check(_ name: String) throws(FunctionError) {
    guard name.isOneWord, !name.hasPrefix("-"), !name.contains("/"), name.utf8.count <= 255 else {
      throw FunctionError(.badArguments, "'\(name.shownOnOneLine)' is no name of something of Apache's.")
    }
  }
}
