/// `'{} {name} {0.attribute[item]!r:>10}'.format(…)`.
struct BraceFormat {
  let arguments: TemplateArguments
  let evaluation: Evaluation
  private var nextIndex: Int? = 0

  init(arguments: TemplateArguments, evaluation: Evaluation) {
    self.arguments = arguments
    self.evaluation = evaluation
  }

  func format(_ template: String) throws -> String {
    var copy = self
    return try copy.expanded(Array(template.unicodeScalars)[...], depth: 0)
  }

  private mutating func expanded(_ template: ArraySlice<Unicode.Scalar>, depth: Int) throws -> String {
    guard depth < 2 else { throw TemplateFailure(.operation, "Max string recursion exceeded") }
    try evaluation.charge(template.count)
    var output = String.UnicodeScalarView()
    var rest = template
    while let scalar = rest.popFirst() {
      switch scalar {
      case "{":
        if rest.first == "{" {
          output.append(rest.removeFirst())
        } else {
          let text = try field(&rest, depth: depth)
          try evaluation.claim(bytes: text.utf8.count)
          output.append(contentsOf: text.unicodeScalars)
        }
      case "}":
        guard rest.popFirst() == "}" else {
          throw TemplateFailure(.operation, "Single '}' encountered in format string")
        }
        output.append("}")
      default: output.append(scalar)
      }
    }
    return String(output)
  }

  private mutating func field(_ rest: inout ArraySlice<Unicode.Scalar>, depth: Int) throws -> String {
    var name = String.UnicodeScalarView()
    while let scalar = rest.first, scalar != "}", scalar != ":", scalar != "!" {
      if scalar == "{" { throw TemplateFailure(.operation, "unexpected '{' in field name") }
      name.append(rest.removeFirst())
      if scalar == "[" {
        while let inner = rest.first, inner != "]" {
          name.append(inner)
          rest.removeFirst()
        }
      }
    }
    var conversion: Unicode.Scalar?
    if rest.first == "!" {
      rest.removeFirst()
      conversion = rest.popFirst()
    }
    var specification = ""
    if rest.first == ":" {
      rest.removeFirst()
      var inner: [Unicode.Scalar] = []
      var level = 0
      while let scalar = rest.first, level > 0 || scalar != "}" {
        if scalar == "{" { level += 1 }
        if scalar == "}" { level -= 1 }
        inner.append(rest.removeFirst())
      }
      let value = try value(String(name))
      specification = try expanded(inner[...], depth: depth + 1)
      return try finish(value, conversion, specification, &rest)
    }
    return try finish(try value(String(name)), conversion, specification, &rest)
  }

  private func finish(
    _ value: TemplateValue, _ conversion: Unicode.Scalar?, _ specification: String,
    _ rest: inout ArraySlice<Unicode.Scalar>
  ) throws -> String {
    guard rest.popFirst() == "}" else { throw TemplateFailure(.operation, "expected '}' before end of string") }
    var value = value
    switch conversion {
    case nil: break
    case "s": value = .string(try evaluation.text(value))
    case "r", "a": value = .string(try evaluation.representation(value))
    case let other?:
      throw TemplateFailure(.operation, "Unknown conversion specifier '\(other)'")
    }
    if specification.isEmpty { return try evaluation.text(value) }
    return try FormatSpecification(specification).format(value, evaluation)
  }

  private mutating func value(_ name: String) throws -> TemplateValue {
    var rest = name.unicodeScalars[...]
    let first = String(rest.prefix { $0 != "." && $0 != "[" })
    rest = rest.dropFirst(first.unicodeScalars.count)
    var value = try argument(first)
    while let scalar = rest.popFirst() {
      if scalar == "." {
        let attribute = String(rest.prefix { $0 != "." && $0 != "[" })
        guard !attribute.isEmpty else { throw TemplateFailure(.operation, "Empty attribute in format string") }
        rest = rest.dropFirst(attribute.unicodeScalars.count)
        value = try evaluation.attribute(attribute, of: value)
      } else {
        let key = String(rest.prefix { $0 != "]" })
        rest = rest.dropFirst(key.unicodeScalars.count)
        guard rest.popFirst() == "]" else { throw TemplateFailure(.operation, "Missing ']' in format string") }
        value = try evaluation.item(Int64(key).map(TemplateValue.int) ?? .string(key), of: value)
      }
    }
    return value
  }

  private mutating func argument(_ name: String) throws -> TemplateValue {
    let index: Int
    if name.isEmpty {
      guard let next = nextIndex else {
        throw TemplateFailure(
          .operation, "cannot switch from manual field specification to automatic field numbering")
      }
      index = next
      nextIndex = next + 1
    } else if name.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(name) {
      guard (nextIndex ?? 0) == 0 else {
        throw TemplateFailure(
          .operation, "cannot switch from automatic field numbering to manual field specification")
      }
      index = number
      nextIndex = nil
    } else {
      if let value = arguments.named(name) { return value }
      throw TemplateFailure(.operation, "KeyError: '\(name)'", hint: "the text has {\(name)}, the call no such name")
    }
    guard arguments.positional.indices.contains(index) else {
      throw TemplateFailure(
        .operation, "Replacement index \(index) out of range for positional args tuple",
        hint: "the text has more {} than the call has arguments")
    }
    return arguments.positional[index]
  }
}
