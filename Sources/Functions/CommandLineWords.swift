import Value

/// Reads the words after a function's name on a command line as its arguments.
///
/// `k=v` is an argument by name where the function has that parameter. Words are read as YAML, as Salt does (`3`, `True`,
/// `[a, b]`, `{a: b}`), but a parameter that takes a string gets the word as it was typed: `1.10` stays `1.10`.
public enum CommandLineWords {
  /// - Parameter signature: nil for a function that is not known here (one of the site's): all words are YAML then.
  public static func arguments(_ words: [String], for signature: FunctionSignature?) -> CallArguments {
    var call = CallArguments()
    for word in words {
      if let (name, text) = named(word, signature) {
        call.named[.string(name)] = value(text, of: signature?.parameters.first { $0.name == name })
      } else {
        call.positional.append(value(word, of: parameter(at: call.positional.count, of: signature)))
      }
    }
    return call
  }

  /// The name and the text of `name=text`; nil when the word is no such thing.
  private static func named(_ word: String, _ signature: FunctionSignature?) -> (String, String)? {
    guard let equals = word.firstIndex(of: "="), equals != word.startIndex else { return nil }
    let name = String(word[..<equals])
    guard name.utf8.allSatisfy({ isNameByte($0) }), let first = name.utf8.first, !(0x30...0x39).contains(first) else {
      return nil
    }
    let text = String(word[word.index(after: equals)...])
    guard let signature else { return (name, text) }
    if signature.parameters.contains(where: { $0.name == name || $0.kind == .keywords }) { return (name, text) }
    // A command line such as `FOO=bar make` is a word; a misspelt `nmae=x` is an argument that does not exist, which
    // binding refuses with the nearest name.
    let takesWords = signature.parameters.contains { $0.kind == .variadic }
    return takesWords || text.contains(" ") ? nil : (name, text)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
    default: false
    }
  }

  private static func parameter(at index: Int, of signature: FunctionSignature?) -> Parameter? {
    let parameters = signature?.parameters.filter { $0.kind != .keywords } ?? []
    if index < parameters.count { return parameters[index] }
    return parameters.last { $0.kind == .variadic }
  }

  private static func value(_ text: String, of parameter: Parameter?) -> Value {
    if let parameter, parameter.type == .string { return .string(text) }
    if parameter?.type == .commandLine, !text.hasPrefix("[") { return .string(text) }
    guard let value = try? YAMLParser.parse(text, file: "argument").value else { return .string(text) }
    switch value {
    case .string, .bytes: return .string(text)
    case .null:
      let written = text.drop { $0 == " " || $0 == "\t" }
      return written.isEmpty || written.hasPrefix("#") ? .string(text) : value
    // `a: b` in running text is no map; `{a: b}` is one.
    case .map: return text.hasPrefix("{") ? value : .string(text)
    case .list: return text.hasPrefix("[") ? value : .string(text)
    case .bool: return parameter?.type == .stringList ? .string(text) : value
    // `1.10` and `0644` are not meant as 1.1 and 644.
    case .int, .double: return parameter?.type == .stringList || value.description != text ? .string(text) : value
    }
  }
}
