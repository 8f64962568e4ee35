extension ProgramSpecification {
  private static let width = 80
  private static let indentation = 26

  /// The program's help, as text that ends with a newline.
  public var help: String {
    var text = "OVERVIEW: \(summary)\n\nUSAGE: \(name) <subcommand>\n\nOPTIONS:\n"
    text += Self.standardOptions
    text += "\nSUBCOMMANDS:\n"
    for command in commands where !command.isHidden { text += Self.row(command.name, command.summary) }
    return text + "\n  See '\(name) help <subcommand>' for detailed help.\n"
  }

  /// A subcommand's help.
  func help(of command: CommandSpecification) -> String {
    var text = "OVERVIEW: \(command.summary)\n"
    if !command.discussion.isEmpty {
      text += "\n" + Self.wrapped(command.discussion, width: Self.width).joined(separator: "\n") + "\n"
    }
    text += "\nUSAGE: \(name) \(command.usage)\n"
    if !command.operands.isEmpty {
      text += "\nARGUMENTS:\n"
      for operand in command.operands { text += Self.row("<\(operand.name)>", operand.help) }
    }
    text += "\nOPTIONS:\n"
    for option in command.options { text += Self.row(option.listing, option.details) }
    return text + Self.standardOptions
  }

  private static var standardOptions: String {
    row("--version", "Show the version.") + row("-h, --help", "Show help information.")
  }

  /// A name and what it is, in two columns.
  private static func row(_ name: String, _ help: String) -> String {
    let head = "  \(name)"
    guard !help.isEmpty else { return head + "\n" }
    let margin = String(repeating: " ", count: indentation)
    let lines = wrapped(help, width: width - indentation).map { margin + $0 }
    guard head.count + 1 < indentation, let first = lines.first else {
      return head + "\n" + lines.joined(separator: "\n") + "\n"
    }
    let start = head + first.dropFirst(head.count)
    return ([start] + lines.dropFirst()).joined(separator: "\n") + "\n"
  }

  private static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? word : " \(word)"
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }
}
