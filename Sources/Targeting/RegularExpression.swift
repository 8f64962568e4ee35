/// A regular expression as Python's `re` module reads it, for searching and replacing in texts.
///
/// Compiled once by PCRE2. A match is bounded in steps, memory and time: a pattern that backtracks without end is an
/// error, never a silent "no". Positions are offsets into the text's UTF-8.
public struct RegularExpression: Sendable {
  /// Python's flags `IGNORECASE`, `MULTILINE`, `DOTALL` and `VERBOSE`.
  public struct Options: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let ignoreCase = Options(rawValue: 1)
    /// `^` and `$` match at every line.
    public static let multiline = Options(rawValue: 2)
    /// `.` matches a line break too.
    public static let dotAll = Options(rawValue: 4)
    /// White space and `#` comments in the pattern mean nothing.
    public static let verbose = Options(rawValue: 8)
  }

  /// The pattern as it was given.
  public let pattern: String
  public let options: Options
  private let compiled: CompiledRegularExpression

  /// - Throws: `RegularExpressionError.Code.badPattern`, with the column; `.tooLarge`.
  public init(_ pattern: String, options: Options = []) throws(RegularExpressionError) {
    guard pattern.utf8.count <= RegularExpressionLimits.patternBytes else {
      throw RegularExpressionError(
        .tooLarge, "A regular expression is at most \(RegularExpressionLimits.patternBytes) bytes", pattern: "")
    }
    self.pattern = pattern
    self.options = options
    let translated = PatternTranslation(pattern)
    do {
      compiled = try CompiledRegularExpression(translated.text, options: options)
    } catch {
      let column = translated.column(ofByte: error.offset) + 1
      throw RegularExpressionError(
        .badPattern, "This regular expression is not valid: \(error.message) at column \(column)", pattern: pattern,
        column: column)
    }
  }

  /// How many groups the pattern has, the whole match not counted.
  public var groupCount: Int { compiled.groupCount }

  /// The number of a named group.
  public func number(ofGroup name: String) -> Int? { compiled.names[name] }

  /// The first match at or after an offset (Python's `search`).
  ///
  /// - Parameter anchored: only at that offset (Python's `match`).
  public func firstMatch(
    in text: String, from offset: Int = 0, anchored: Bool = false
  ) throws(RegularExpressionError) -> RegularExpressionMatch? {
    let subject = Subject(text)
    var scan = try scan(of: subject)
    return try subject.withBytes { bytes throws(RegularExpressionError) in
      try scan.match(bytes, from: min(max(offset, 0), bytes.count), anchored: anchored)
    }
  }

  /// Whether the whole text is what the pattern describes (Python's `fullmatch`).
  public func matchesWhole(_ text: String) throws(RegularExpressionError) -> Bool {
    let subject = Subject(text)
    var scan = try scan(of: subject)
    return try subject.withBytes { bytes throws(RegularExpressionError) in
      try scan.match(bytes, from: 0, anchored: true, isWhole: true) != nil
    }
  }

  /// All matches that do not overlap, from left to right (Python's `finditer`), empty ones too.
  public func matches(in text: String, limit: Int = .max) throws(RegularExpressionError) -> [RegularExpressionMatch] {
    let subject = Subject(text)
    var scan = try scan(of: subject)
    return try subject.withBytes { bytes throws(RegularExpressionError) in
      var found: [RegularExpressionMatch] = []
      var offset = 0
      var mustAdvance = false
      while found.count < limit, let match = try scan.match(bytes, from: offset, mustAdvance: mustAdvance) {
        found.append(match)
        guard found.count <= RegularExpressionLimits.matches else {
          throw scan.failure(.limit, "more than \(RegularExpressionLimits.matches) matches in one text")
        }
        mustAdvance = match.range.isEmpty
        offset = match.range.upperBound
      }
      return found
    }
  }

  /// Replaces matches by a template (Python's `sub`): `\1`, `\g<1>`, `\g<name>` and `\n`-like escapes are filled in.
  ///
  /// - Parameter count: how many at most; 0 is all.
  /// - Returns: the text, and how many matches were replaced.
  public func replacing(
    in text: String, with template: String, count: Int = 0
  ) throws(RegularExpressionError) -> (text: String, count: Int) {
    let parsed = try ReplacementTemplate(template, of: self)
    return try replacing(in: text, count: count) { match throws(RegularExpressionError) in parsed.text(for: match) }
  }

  /// Replaces matches by what a function makes of them.
  public func replacing(
    in text: String, count: Int = 0,
    by replacement: (RegularExpressionMatch) throws(RegularExpressionError) -> String
  ) throws(RegularExpressionError) -> (text: String, count: Int) {
    guard count >= 0 else { return (text, 0) }
    let matches = try matches(in: text, limit: count == 0 ? .max : count)
    guard let first = matches.first else { return (text, 0) }
    let source = first.subject
    var output = ""
    output.reserveCapacity(source.count)
    var offset = 0
    for match in matches {
      output += source.text(offset..<match.range.lowerBound)
      output += try replacement(match)
      offset = match.range.upperBound
      guard output.utf8.count <= RegularExpressionLimits.textBytes else {
        throw RegularExpressionError(
          .tooLarge, "The text with its replacements is larger than \(RegularExpressionLimits.textBytes) bytes",
          pattern: pattern)
      }
    }
    output += source.text(offset..<source.count)
    return (output, matches.count)
  }

  /// The pieces between the matches, and the groups' texts among them (Python's `split`).
  ///
  /// - Parameter limit: how many splits at most; 0 is all.
  public func split(_ text: String, limit: Int = 0) throws(RegularExpressionError) -> [String?] {
    let matches = try matches(in: text, limit: limit == 0 ? .max : limit)
    guard let source = matches.first?.subject else { return [text] }
    var pieces: [String?] = []
    var offset = 0
    for match in matches {
      pieces.append(String(source.text(offset..<match.range.lowerBound)))
      if groupCount > 0 { for number in 1...groupCount { pieces.append(match[number].map(String.init)) } }
      offset = match.range.upperBound
    }
    pieces.append(String(source.text(offset..<source.count)))
    return pieces
  }

  /// A pattern that matches just this text (Python's `re.escape`).
  public static func escaped(_ text: String) -> String {
    let special = Set("()[]{}?*+-|^$\\.&~# \t\n\r\u{0B}\u{0C}".unicodeScalars)
    var output = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if special.contains(scalar) { output.append("\\") }
      output.append(scalar)
    }
    return String(output)
  }

  private func scan(of subject: Subject) throws(RegularExpressionError) -> RegularExpressionScan {
    guard subject.count <= RegularExpressionLimits.textBytes else {
      throw RegularExpressionError(
        .tooLarge, "A text to search in is at most \(RegularExpressionLimits.textBytes) bytes", pattern: pattern)
    }
    guard let scan = RegularExpressionScan(compiled, subject: subject, pattern: pattern) else {
      throw RegularExpressionError(.limit, "There is no memory to match a regular expression", pattern: pattern)
    }
    return scan
  }
}
