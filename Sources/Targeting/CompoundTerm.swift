/// Reads a term of a compound expression: `G@key:value`, `G|@key|value` with another delimiter, or a glob.
enum CompoundTerm {
  static func parse(_ word: CompoundWord) throws(TargetError) -> TargetTerm {
    let scalars = Array(word.text.unicodeScalars)
    guard let first = scalars.first, scalars.count > 1 else {
      return try TargetTerm(.glob, word.text, delimiter: ":", at: word.position)
    }
    func rest(_ count: Int) -> String { String(String.UnicodeScalarView(scalars[count...])) }
    if let kind = pathKind(first), scalars.count > 3, scalars[2] == "@" {
      return try TargetTerm(kind, rest(3), delimiter: scalars[1], at: word.position.advanced(by: 3))
    }
    guard scalars[1] == "@", first.properties.isAlphabetic else { return try glob(word, scalars) }
    guard scalars.count > 2 else {
      throw TargetError(.badPattern, "Nothing stands after '\(word.text)'.", at: word.position)
    }
    let kind = try self.kind(first, at: word.position)
    return try TargetTerm(kind, rest(2), delimiter: ":", at: word.position.advanced(by: 2))
  }

  private static func pathKind(_ letter: Unicode.Scalar) -> TargetKind? {
    switch letter {
    case "G": .grain
    case "P": .grainPCRE
    case "I": .pillar
    case "J": .pillarPCRE
    default: nil
    }
  }

  private static func kind(_ letter: Unicode.Scalar, at position: SourcePosition) throws(TargetError) -> TargetKind {
    if let kind = pathKind(letter) { return kind }
    switch letter {
    case "L": return .list
    case "E": return .pcre
    case "S": return .subnet
    case "R": return .range
    case "T", "M":
      throw TargetError(.unsupported, "'\(letter)@' targets Salt's resources, which Brine does not have.", at: position)
    default:
      throw TargetError(
        .syntax, "'\(letter)@' is no kind of term; there are G@ P@ I@ J@ L@ E@ S@ N@ and plain globs.", at: position)
    }
  }

  /// No id holds a parenthesis or a space: one in a glob is a slip that would match nothing.
  private static func glob(_ word: CompoundWord, _ scalars: [Unicode.Scalar]) throws(TargetError) -> TargetTerm {
    if let offset = scalars.firstIndex(where: { $0 == "(" || $0 == ")" }) {
      throw TargetError(.syntax, "Parentheses need a space on both sides.", at: word.position.advanced(by: offset))
    }
    if let offset = scalars.firstIndex(where: CompoundWords.isSpace) {
      throw TargetError(
        .badNodegroup, "An element of a nodegroup's list is one word.", at: word.position.advanced(by: offset))
    }
    return try TargetTerm(.glob, word.text, delimiter: ":", at: word.position)
  }
}
