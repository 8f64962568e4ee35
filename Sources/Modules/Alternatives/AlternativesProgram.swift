import Functions
import HostSystem

/// update-alternatives(1), or alternatives(8) of Red Hat's family.
struct AlternativesProgram: Sendable {
  let commands: any CommandRunner
  let files: HostFiles
  let name: String

  /// - Throws: `FunctionError.Code.unavailable` on a host without alternatives.
  init(_ context: FunctionContext) throws(FunctionError) {
    commands = context.commands
    files = context.files
    let isRedHat = context.grains["os_family"]?.stringValue == "RedHat"
    let names = isRedHat ? ["alternatives", "update-alternatives"] : ["update-alternatives", "alternatives"]
    guard let name = names.first(where: { context.commands.which($0) != nil }) else {
      throw FunctionError(.unavailable, "This host has neither update-alternatives nor alternatives.")
    }
    self.name = name
  }

  /// The path that `/etc/alternatives/NAME` is a link to; nil when there is none.
  func current(_ group: String) throws(FunctionError) -> String? {
    files.linkTarget("/etc/alternatives/\(try Self.checked(group))")
  }

  /// What `--display` prints; its words when there is no such group.
  func display(_ group: String) async throws -> (isThere: Bool, text: String) {
    let result = try await run(["--display", Self.checked(group)])
    return (result.isSuccess, result.isSuccess ? result.outputText : result.errorText)
  }

  /// The link of a group; nil when there is none.
  func link(_ group: String) async throws -> String? {
    guard name == "update-alternatives" else {
      let lines = files.linesIfPresent("/var/lib/alternatives/\(try Self.checked(group))")
      return lines.count > 1 ? lines[1] : nil
    }
    let result = try await run(["--query", Self.checked(group)])
    guard result.isSuccess else { return nil }
    for line in result.outputLines.prefix(while: { !$0.isEmpty }) where line.hasPrefix("Link:") {
      return line.dropFirst("Link:".count).trimmed()
    }
    return nil
  }

  /// Whether a path is one of a group's alternatives.
  func has(_ path: String, in group: String) async throws -> Bool {
    let display = try await display(group)
    return display.isThere && display.text.splitLines().contains { $0 == path || $0.hasPrefix("\(path) - ") }
  }

  /// Whether the group chooses by priority; nil when there is no such group.
  func isAutomatic(_ group: String) async throws -> Bool? {
    let display = try await display(group)
    guard display.isThere, let first = display.text.splitLines().first else { return nil }
    return first.hasSuffix(" auto mode") || first.hasSuffix("is auto.")
  }

  func install(_ group: String, link: String, path: String, priority: Int) async throws -> String {
    try Self.check(link, "link")
    try Self.check(path, "path")
    return try await change(["--install", link, Self.checked(group), path, "\(priority)"])
  }

  func remove(_ group: String, _ path: String) async throws -> String {
    try Self.check(path, "path")
    return try await change(["--remove", Self.checked(group), path])
  }

  func set(_ group: String, _ path: String) async throws -> String {
    try Self.check(path, "path")
    return try await change(["--set", Self.checked(group), path])
  }

  func automate(_ group: String) async throws -> String { try await change(["--auto", Self.checked(group)]) }

  private func change(_ arguments: [String]) async throws -> String {
    let result = try await run(arguments)
    guard result.isSuccess else {
      throw FunctionError(.failed, OutputTail.failure(of: [name] + arguments, result, lines: 5))
    }
    return result.outputText.trimmed()
  }

  private func run(_ arguments: [String]) async throws -> CommandResult {
    try await commands.runParsed([name] + arguments)
  }

  /// A group is a file's name below /etc/alternatives.
  private static func checked(_ group: String) throws(FunctionError) -> String {
    guard group.isOneWord, !group.hasPrefix("-"), !group.contains("/"), group != ".", group != "..",
      group.utf8.count <= 255
    else { throw FunctionError(.badArguments, "'\(group.shownOnOneLine)' is no name of alternatives.") }
    return group
  }

  private static func check(_ path: String, _ what: String) throws(FunctionError) {
    guard PackageName.isPath(path) else {
      throw FunctionError(.badArguments, "'\(path.shownOnOneLine)' is no absolute path (\(what)).")
    }
  }
}
