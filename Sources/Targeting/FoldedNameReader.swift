/// Reads the items of a folded host set one after another.
struct FoldedNameReader {
  private let scalars: [Unicode.Scalar]
  private let position: SourcePosition
  private var index = 0

  init(_ text: String, at position: SourcePosition) {
    scalars = Array(text.unicodeScalars)
    self.position = position
  }

  /// The next item; empty ones, between two commas, are passed over.
  mutating func next() throws(TargetError) -> FoldedName? {
    while peek == "," { index += 1 }
    guard index < scalars.count else { return nil }
    var name = FoldedName(parts: [], position: here)
    var text = String.UnicodeScalarView()
    var bytes = 0
    while let scalar = peek, scalar != "," {
      switch scalar {
      case "[":
        if !text.isEmpty { name.parts.append(.text(String(text))) }
        text = String.UnicodeScalarView()
        let ranges = try self.ranges()
        bytes += ranges.map { max($0.width, String($0.last).utf8.count) }.max() ?? 0
        name.parts.append(.numbers(ranges))
      case "]":
        throw error("There is no '[' for this ']'.")
      default:
        text.append(scalar)
        bytes += UTF8.width(scalar)
        index += 1
      }
      guard bytes <= TargetLimits.hostNameBytes else {
        throw TargetError(
          .tooLarge, "A host's name is at most \(TargetLimits.hostNameBytes) bytes.", at: name.position)
      }
    }
    if !text.isEmpty { name.parts.append(.text(String(text))) }
    return name
  }

  private var peek: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }
  private var here: SourcePosition { position.advanced(by: index) }

  private func error(_ message: String) -> TargetError { TargetError(.badHosts, message, at: here) }

  /// What stands from `[` to `]`.
  private mutating func ranges() throws(TargetError) -> [FoldedName.NumberRange] {
    let open = here
    index += 1
    var ranges = [try range(after: open)]
    while peek == "," {
      index += 1
      ranges.append(try range(after: open))
    }
    guard let scalar = peek else { throw TargetError(.badHosts, "There is no ']' for this '['.", at: open) }
    guard scalar == "]" else { throw error("Between brackets stand numbers and ranges, like [01-03,07].") }
    index += 1
    return ranges
  }

  private mutating func range(after open: SourcePosition) throws(TargetError) -> FoldedName.NumberRange {
    let start = here
    let first = try number(after: open)
    let width = first.isPadded ? first.digits : 0
    var range = FoldedName.NumberRange(first: first.value, last: first.value, step: 1, width: width)
    guard peek == "-" else { return range }
    index += 1
    let second = here
    let last = try number(after: open)
    if last.isPadded, last.digits != first.digits {
      throw TargetError(.badHosts, "Both ends of a range have as many digits when they have leading zeros.", at: second)
    }
    guard first.value <= last.value else { throw TargetError(.badHosts, "This range runs backwards.", at: start) }
    range.last = last.value
    guard peek == "/" else { return range }
    index += 1
    let third = here
    range.step = try number(after: open).value
    guard range.step > 0 else { throw TargetError(.badHosts, "A step is at least 1.", at: third) }
    return range
  }

  private mutating func number(
    after open: SourcePosition
  ) throws(TargetError) -> (value: UInt64, digits: Int, isPadded: Bool) {
    let start = index
    var value: UInt64 = 0
    while let scalar = peek, ("0"..."9").contains(scalar) {
      guard index - start < 18 else { throw error("A number has at most 18 digits.") }
      value = value * 10 + UInt64(scalar.value - 0x30)
      index += 1
    }
    guard index > start else {
      guard peek != nil else { throw TargetError(.badHosts, "There is no ']' for this '['.", at: open) }
      throw error("A number is missing here; between brackets stand numbers and ranges, like [01-03,07].")
    }
    return (value, index - start, index - start > 1 && scalars[start] == "0")
  }
}
