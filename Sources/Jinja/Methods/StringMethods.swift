/// Methods of Python's `str`.
struct StringMethods {
  static let names: Set<String> = [
    "capitalize", "casefold", "center", "count", "encode", "endswith", "expandtabs", "find", "format", "format_map",
    "index", "isalnum", "isalpha", "isascii", "isdecimal", "isdigit", "isidentifier", "islower", "isnumeric",
    "isprintable", "isspace", "istitle", "isupper", "join", "ljust", "lower", "lstrip", "partition", "removeprefix",
    "removesuffix", "replace", "rfind", "rindex", "rjust", "rpartition", "rsplit", "rstrip", "split", "splitlines",
    "startswith", "strip", "swapcase", "title", "translate", "upper", "zfill",
  ]

  let receiver: String
  let isMarkup: Bool
  let evaluation: Evaluation

  init(_ receiver: String, isMarkup: Bool, _ evaluation: Evaluation) {
    self.receiver = receiver
    self.isMarkup = isMarkup
    self.evaluation = evaluation
  }

  func call(_ name: String, _ arguments: TemplateArguments) throws -> TemplateValue {
    try evaluation.charge(receiver.utf8.count / 64)
    try evaluation.claim(bytes: receiver.utf8.count)
    if let value = try searching(name, arguments) { return value }
    if let value = try splitting(name, arguments) { return value }
    if let text = try transformed(name, arguments) ?? joined(name, arguments) ?? formatted(name, arguments) {
      return isMarkup ? .markup(text) : .string(text)
    }
    if name == "encode" { return try encoded(arguments) }
    if let predicate = CharacterClass(rawValue: name) {
      _ = try arguments.bind(name, [])
      return .bool(predicate.holds(for: receiver))
    }
    throw TemplateFailure(.operation, "the method '\(name)' of str is not supported here")
  }

  private func formatted(_ name: String, _ arguments: TemplateArguments) throws -> String? {
    switch name {
    case "format": return try BraceFormat(arguments: arguments, evaluation: evaluation).format(receiver)
    case "format_map":
      guard case .dict(let dict) = try arguments.bind(name, .required("mapping"))[0] else {
        throw TemplateFailure(.operation, "format_map() takes a dict")
      }
      var named: [(name: String, value: TemplateValue)] = []
      for (key, value) in dict.entries { if case .string(let key) = key { named.append((key, value)) } }
      return try BraceFormat(arguments: TemplateArguments([], named: named), evaluation: evaluation).format(receiver)
    default: return nil
    }
  }

  private func joined(_ name: String, _ arguments: TemplateArguments) throws -> String? {
    guard name == "join" else { return nil }
    var parts: [String] = []
    for (index, element) in try evaluation.elements(of: try arguments.bind("join", .required("iterable"))[0])
      .enumerated()
    {
      guard let text = element.stringValue else {
        if case .undefined(let undefined) = element { throw undefined.failure }
        throw TemplateFailure(
          .operation, "sequence item \(index): expected str instance, \(element.typeName) found",
          hint: "the filter 'join' takes values of any kind")
      }
      try evaluation.claim(bytes: text.utf8.count + receiver.utf8.count)
      parts.append(isMarkup && !element.isMarkup ? Markup.escape(text) : text)
    }
    return parts.joined(separator: receiver)
  }

  private func encoded(_ arguments: TemplateArguments) throws -> TemplateValue {
    let bound = try arguments.bind(
      "encode", .optional("encoding", .string("utf-8")), .optional("errors", .string("strict")))
    let errors = bound[1].stringValue
    let limit: UInt32
    switch (bound[0].stringValue ?? "").lowercased() {
    case "utf-8", "utf8": return .bytes(Array(receiver.utf8))
    case "ascii", "us-ascii": limit = 0x7f
    case "latin-1", "latin1", "iso-8859-1", "iso8859-1": limit = 0xff
    default: throw TemplateFailure(.operation, "unknown encoding: \(bound[0].stringValue ?? "")")
    }
    var bytes: [UInt8] = []
    for scalar in receiver.unicodeScalars {
      if scalar.value <= limit {
        bytes.append(UInt8(scalar.value))
      } else if errors == "replace" {
        bytes.append(UInt8(ascii: "?"))
      } else if errors != "ignore" {
        throw TemplateFailure(.operation, "a character of the text is not in the encoding")
      }
    }
    return .bytes(bytes)
  }
}
