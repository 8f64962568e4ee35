import Value

/// `'%s is %(name)05.1f' % values`.
struct PercentFormat {
  let evaluation: Evaluation
  let isMarkup: Bool

  func format(_ template: String, _ values: TemplateValue) throws -> String {
    var state = State(values)
    var output = String.UnicodeScalarView()
    var rest = Array(template.unicodeScalars)[...]
    try evaluation.charge(rest.count)
    while let scalar = rest.popFirst() {
      guard scalar == "%" else {
        output.append(scalar)
        continue
      }
      if rest.first == "%" {
        rest.removeFirst()
        output.append("%")
        continue
      }
      let text = try field(&rest, &state)
      try evaluation.claim(bytes: text.utf8.count)
      output.append(contentsOf: text.unicodeScalars)
    }
    guard state.isExhausted else {
      throw TemplateFailure(.operation, "not all arguments converted during string formatting")
    }
    return String(output)
  }

  private struct State {
    let whole: TemplateValue
    let elements: [TemplateValue]
    var index = 0
    var isNamed = false

    init(_ values: TemplateValue) {
      whole = values
      if case .tuple(let tuple) = values { elements = tuple } else { elements = [values] }
    }

    mutating func next() throws -> TemplateValue {
      guard index < elements.count else {
        throw TemplateFailure(.operation, "not enough arguments for format string")
      }
      index += 1
      return elements[index - 1]
    }

    /// A dict or a list alone need not be used up.
    var isExhausted: Bool {
      if isNamed || index == elements.count { return true }
      switch whole {
      case .dict, .list: return index == 0
      default: return false
      }
    }
  }

  private func field(_ rest: inout ArraySlice<Unicode.Scalar>, _ state: inout State) throws -> String {
    var named: TemplateValue?
    if rest.first == "(" {
      rest.removeFirst()
      let key = String(String.UnicodeScalarView(rest.prefix { $0 != ")" }))
      rest = rest.dropFirst(key.unicodeScalars.count)
      guard rest.popFirst() == ")" else { throw TemplateFailure(.operation, "incomplete format key") }
      guard case .dict(let dict) = state.whole else { throw TemplateFailure(.operation, "format requires a mapping") }
      guard let value = dict[key] else { throw TemplateFailure(.operation, "KeyError: '\(key)'") }
      named = value
      state.isNamed = true
    }
    var specification = FormatSpecification()
    var isZeroFilled = false
    while let flag = rest.first, "-+ #0".unicodeScalars.contains(flag) {
      switch flag {
      case "-": specification.align = "<"
      case "+": specification.sign = "+"
      case " ": if specification.sign != "+" { specification.sign = " " }
      case "#": specification.isAlternate = true
      default: isZeroFilled = true
      }
      rest.removeFirst()
    }
    let width = try number(&rest, &state) ?? 0
    if width < 0 { specification.align = "<" }
    specification.width = width.magnitude > FormatSpecification.widest ? try tooWide() : Int(width.magnitude)
    if rest.first == "." {
      rest.removeFirst()
      let precision = try number(&rest, &state) ?? 0
      specification.precision = precision > FormatSpecification.widest ? try tooWide() : max(0, precision)
    }
    while let modifier = rest.first, "hlL".unicodeScalars.contains(modifier) { rest.removeFirst() }
    guard let type = rest.popFirst() else { throw TemplateFailure(.operation, "incomplete format") }
    if type == "%" { return "%" }
    let value = try named ?? state.next()
    if case .undefined(let undefined) = value, !undefined.isLenient { throw undefined.failure }
    if isZeroFilled, specification.align == nil, type != "s", type != "r" {
      specification.fill = "0"
      specification.align = "="
    }
    return try convert(value, type, specification)
  }

  private func tooWide() throws -> Int {
    throw TemplateFailure(.limit, "a width or precision of more than \(FormatSpecification.widest)")
  }

  private func number(_ rest: inout ArraySlice<Unicode.Scalar>, _ state: inout State) throws -> Int? {
    if rest.first == "*" {
      rest.removeFirst()
      guard case .int(let number)? = Number(try state.next()) else {
        throw TemplateFailure(.operation, "* wants int")
      }
      return max(-1_000_000, min(Int(number), 1_000_000))
    }
    var number: Int?
    while let digit = rest.first, ("0"..."9").contains(digit) {
      number = min((number ?? 0) * 10 + Int(digit.value - 48), 1_000_000)
      rest.removeFirst()
    }
    return number
  }

  private func convert(
    _ value: TemplateValue, _ type: Unicode.Scalar, _ specification: FormatSpecification
  ) throws -> String {
    var specification = specification
    try evaluation.claim(bytes: specification.width)
    switch type {
    case "s", "r", "a":
      var text = try type == "s" ? evaluation.text(value) : evaluation.representation(value)
      if isMarkup, !value.isMarkup { text = Markup.escape(text) }
      if let precision = specification.precision { text = String(text.unicodeScalars.prefix(precision)) }
      return specification.padded(text, defaultAlign: ">")
    case "d", "i", "u", "x", "X", "o":
      var number: Int64
      switch Number(value) {
      case .int(let integer): number = integer
      case .double(let double) where type == "d" || type == "i" || type == "u":
        guard let whole = Int64(exactly: double.rounded(.towardZero)) else {
          throw TemplateFailure(.operation, "cannot convert float \(PythonText.number(double)) to integer")
        }
        number = whole
      default:
        throw TemplateFailure(
          .operation,
          "%\(type) format: \(type == "d" || type == "i" || type == "u" ? "a real number" : "an integer") is required, "
            + "not \(value.typeName)")
      }
      let digits = specification.precision ?? 0
      specification.precision = nil
      specification.type = type == "i" || type == "u" ? "d" : type
      if digits > 0 {
        let isNegative = number < 0
        let body = String(
          number.magnitude, radix: type == "o" ? 8 : type == "d" || type == "i" ? 10 : 16, uppercase: type == "X")
        number = 0
        let sign = isNegative ? "-" : specification.sign == "-" ? "" : String(specification.sign)
        return specification.padded(
          sign: sign, String(repeating: "0", count: max(0, digits - body.utf8.count)) + body, defaultAlign: ">")
      }
      return try specification.format(.int(number), evaluation)
    case "e", "E", "f", "F", "g", "G":
      guard let number = Number(value) else {
        throw TemplateFailure(.operation, "must be real number, not \(value.typeName)")
      }
      specification.type = type
      return try specification.format(.double(number.double), evaluation)
    case "c":
      if let text = value.stringValue {
        guard text.unicodeScalars.count == 1 else {
          throw TemplateFailure(.operation, "%c requires int or char")
        }
        return specification.padded(text, defaultAlign: ">")
      }
      guard case .int(let number)? = Number(value), let scalar = UInt32(exactly: number).flatMap(Unicode.Scalar.init)
      else { throw TemplateFailure(.operation, "%c requires int or char") }
      return specification.padded(String(scalar), defaultAlign: ">")
    default: throw TemplateFailure(.operation, "unsupported format character '\(type)'")
    }
  }
}
