import Value

/// A program of subcommands: what it takes, its help, and how its command line is read.
///
/// The daemon's program is read with this rather than with a larger library: it is on every host.
public struct ProgramSpecification: Sendable {
  public var name: String
  public var summary: String
  public var version: String
  public var commands: [CommandSpecification]

  public init(_ name: String, _ summary: String, version: String, commands: [CommandSpecification]) {
    self.name = name
    self.summary = summary
    self.version = version
    self.commands = commands
  }

  /// What a command line asks for.
  public enum Request: Sendable {
    case run(ParsedArguments)
    /// Help or the version: to be printed, and that is all.
    case show(String)
  }

  /// Reads the words after the program's name. Options and operands may be mixed; after `--` all are operands.
  public func parse(_ words: [String]) throws(UsageError) -> Request {
    guard let first = words.first else { return .show(help) }
    switch first {
    case "--version": return .show(version)
    case "--help", "-h": return .show(help)
    case "help":
      guard words.count > 1 else { return .show(help) }
      return .show(help(of: try command(words[1])))
    default: break
    }
    return try parse(Array(words.dropFirst()), of: try command(first))
  }

  private func command(_ word: String) throws(UsageError) -> CommandSpecification {
    if let command = commands.first(where: { $0.name == word }) { return command }
    let names = commands.filter { !$0.isHidden }.map(\.name)
    throw usageError(
      word.hasPrefix("-") ? "Unknown option '\(word)'" : "There is no subcommand '\(word)'", like: word, names, nil)
  }

  private func parse(_ words: [String], of command: CommandSpecification) throws(UsageError) -> Request {
    var parsed = ParsedArguments(command: command.name)
    var rest = words[...]
    var operands: [String] = []
    while let word = rest.popFirst() {
      if word == "--" {
        operands += rest
        break
      }
      guard word.hasPrefix("-"), word.count > 1, !isNumber(word) else {
        operands.append(word)
        continue
      }
      if word == "--help" || word == "-h" { return .show(help(of: command)) }
      if word == "--version" { return .show(version) }
      try take(word, &rest, of: command, into: &parsed)
    }
    try assign(operands, of: command, into: &parsed)
    return .run(parsed)
  }

  /// `-5` is a number that a function takes, no option.
  private func isNumber(_ word: String) -> Bool { word.dropFirst().first.map { $0.isASCII && $0.isNumber } ?? false }

  private func take(
    _ word: String, _ rest: inout ArraySlice<String>, of command: CommandSpecification,
    into parsed: inout ParsedArguments
  ) throws(UsageError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let option = command.options.first(where: { [$0.name, $0.short, $0.negation].contains(parts[0]) }) else {
      let names = command.options.flatMap { [$0.name, $0.negation].compactMap { $0 } } + ["--help", "--version"]
      throw usageError("Unknown option '\(parts[0])'", like: parts[0], names, command)
    }
    guard option.valueName != nil else {
      guard parts.count == 1 else { throw usageError("The option '\(parts[0])' takes no value", command) }
      parsed.flags[option.name] = parts[0] != option.negation
      return
    }
    guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
      throw usageError("Missing value for '\(option.usage)'", command)
    }
    guard option.choices.isEmpty || option.choices.contains(value) else {
      let near = NearestName.candidates(for: value, among: option.choices).first.map { " Did you mean '\($0)'?" } ?? ""
      let list = option.choices.joined(separator: ", ")
      throw usageError("'\(value)' is no value of '\(option.name)': it is one of \(list).\(near)", command)
    }
    parsed.values[option.name] = value
  }

  private func assign(
    _ words: [String], of command: CommandSpecification, into parsed: inout ParsedArguments
  ) throws(UsageError) {
    var rest = words[...]
    for operand in command.operands {
      switch operand.count {
      case .rest:
        parsed.rest = Array(rest)
        rest = []
      case .one, .optional:
        if let word = rest.popFirst() {
          parsed.operands[operand.name] = word
        } else if operand.count == .one {
          let help = operand.help.isEmpty ? "" : ": \(operand.help)"
          throw usageError("Missing argument \(operand.usage)\(help)", command)
        }
      }
    }
    if let word = rest.first { throw usageError("Unexpected argument '\(word)'", command) }
  }

  /// What is wrong with a command line that was read but makes no sense.
  public func usageError(_ message: String, command: String) -> UsageError {
    usageError(message, commands.first { $0.name == command })
  }

  private func usageError(
    _ message: String, like word: String, _ names: [String], _ command: CommandSpecification?
  ) -> UsageError {
    let near = NearestName.candidates(for: word, among: names).first
    return usageError(message + (near.map { ". Did you mean '\($0)'?" } ?? ""), command)
  }

  private func usageError(_ message: String, _ command: CommandSpecification?) -> UsageError {
    let usage = command.map { "\(name) \($0.usage)" } ?? "\(name) <subcommand>"
    let place = command.map { "\(name) \($0.name)" } ?? name
    return UsageError(message: message, usage: usage, help: "See '\(place) --help' for more information.")
  }
}
