import Value

/// Quotes for shells and YAML.
enum QuoteFilters {
  static var all: [Filter] {
    [
      Filter("quote", "quote") { value, _, evaluation in
        .string(shell(try evaluation.string(evaluation.defined(value))))
      },
      Filter("yaml_dquote", "yaml_dquote") { value, _, evaluation in .string(double(try evaluation.text(value))) },
      Filter("yaml_squote", "yaml_squote") { value, _, evaluation in .string(single(try evaluation.text(value))) },
      Filter("yaml_encode", "yaml_encode") { value, _, evaluation in
        switch try evaluation.defined(value) {
        case .string(let text), .markup(let text): return .string(double(text))
        case .none: return .string("null")
        case .bool(let flag): return .string(flag ? "true" : "false")
        case .int(let number): return .string(String(number))
        case .double(let number): return .string(YAMLTree.text(of: number))
        default:
          throw TemplateFailure(
            .operation,
            "yaml_encode() only works with YAML scalar data; failed for \(Evaluation.className(value))")
        }
      },
    ]
  }

  /// As Python's `shlex.quote`.
  static func shell(_ text: String) -> String {
    guard !text.isEmpty else { return "''" }
    let isSafe = text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
      default: "_@%+=:,./-".utf8.contains(byte)
      }
    }
    guard !isSafe else { return text }
    return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\"'\"'") + "'"
  }

  /// Everything beyond ASCII is escaped, as Salt has it here (its `yaml` filter leaves it as it is).
  private static func double(_ text: String) -> String {
    var output = ""
    YAMLQuoting.append(text, to: &output)
    guard output.utf8.contains(where: { $0 >= 0x80 }) else { return output }
    return output.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar.value {
      case 0..<0x80: result.unicodeScalars.append(scalar)
      case 0x80...0xff: result += "\\x" + PythonText.hex(scalar.value, 2).uppercased()
      case 0x100...0xffff: result += "\\u" + PythonText.hex(scalar.value, 4).uppercased()
      default: result += "\\U" + PythonText.hex(scalar.value, 8).uppercased()
      }
    }
  }

  /// A line break within single quotes is written as an empty line.
  private static func single(_ text: String) -> String {
    var output = "'"
    var isAfterBreak = false
    for scalar in text.unicodeScalars {
      if scalar == "\n", !isAfterBreak { output += "\n" }
      isAfterBreak = scalar == "\n"
      if scalar == "'" { output += "'" }
      output.unicodeScalars.append(scalar)
    }
    return output + "'"
  }
}
