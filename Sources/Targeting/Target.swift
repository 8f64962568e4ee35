public import OrderedCollections
public import Value

/// An expression that says which minions are meant, parsed once and matched against many.
///
/// It matches what Salt 3008 matches for the same id, grains and pillar. What Salt takes and then quietly matches
/// nothing with (a broken regular expression, a missing operator, an unknown nodegroup) is an error here.
public struct Target: Sendable, CustomStringConvertible {
  public let kind: TargetKind
  public let text: String
  let expression: TargetExpression

  /// Reads an expression.
  ///
  /// - Parameters:
  ///   - nodegroups: the configuration's: name to a compound expression or a list of its words.
  ///   - delimiter: what stands between the keys of `-G`, `-P`, `-I` and `-J`.
  public static func parse(
    kind: TargetKind, text: String, nodegroups: ValueMap = [:], delimiter: Unicode.Scalar = ":"
  ) throws(TargetError) -> Target {
    let position = SourcePosition(text: text, column: 1)
    guard text.utf8.count <= TargetLimits.textBytes else {
      throw TargetError(.tooLarge, "A target is at most \(TargetLimits.textBytes) bytes.", text: "", column: 1)
    }
    guard text.unicodeScalars.contains(where: { !CompoundWords.isSpace($0) }) else {
      throw TargetError(.empty, "The target is empty; '*' is every minion.", at: position)
    }
    return Target(kind: kind, text: text, expression: try expression(kind, position, nodegroups, delimiter))
  }

  private static func expression(
    _ kind: TargetKind, _ position: SourcePosition, _ nodegroups: ValueMap, _ delimiter: Unicode.Scalar
  ) throws(TargetError) -> TargetExpression {
    switch kind {
    case .compound:
      var words = CompoundWords(nodegroups: nodegroups)
      try words.append(position.text)
      return try CompoundParser.parse(words.words, in: position.text)
    case .nodegroup:
      var words = CompoundWords(nodegroups: nodegroups)
      try words.append(nodegroup: position.text, at: position)
      return try CompoundParser.parse(words.words, in: position.text)
    default:
      return .term(try TargetTerm(kind, position.text, delimiter: delimiter, at: position))
    }
  }

  /// Whether the minion is meant.
  ///
  /// - Throws: `TargetError.Code.matchLimit` when a pattern needs too many steps to know.
  public func matches(_ subject: TargetSubject) throws(TargetError) -> Bool { try expression.matches(subject) }

  /// The ids that a list target names, in order and each once: some may not exist. Nil for other targets.
  public var listedIDs: [String]? {
    if case .term(.list(let hosts)) = expression { hosts.ids } else { nil }
  }

  /// Whether pillar decides, so that the subjects need theirs.
  public var usesPillar: Bool {
    expression.contains { if case .path(_, .pillar) = $0 { true } else { false } }
  }

  public var description: String { text }
}
