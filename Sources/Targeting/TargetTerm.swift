import OrderedCollections
import Value

/// One test on a minion: what stands between the operators of a compound expression.
enum TargetTerm: Sendable {
  /// Which of a subject's maps a path looks in.
  enum Source: Sendable { case grains, pillar }

  case everyone
  case nobody
  case glob(Glob)
  case pattern(Pattern)
  case list(ListedHosts)
  case path(PathPattern, Source)
  case subnet(Subnet)

  /// - Parameter position: where `text` begins.
  init(_ kind: TargetKind, _ text: String, delimiter: Unicode.Scalar, at position: SourcePosition) throws(TargetError) {
    if kind != .list, text.utf8.count > TargetLimits.patternBytes {
      throw TargetError(.tooLarge, "A pattern is at most \(TargetLimits.patternBytes) bytes.", at: position)
    }
    switch kind {
    case .glob:
      let glob = Glob(text)
      self = glob.matchesEverything ? .everyone : .glob(glob)
    case .pcre: self = .pattern(try Pattern(text, at: position))
    case .list: self = .list(try ListedHosts(text, at: position))
    case .grain: self = .path(try PathPattern.parse(text, delimiter, .glob, at: position), .grains)
    case .grainPCRE: self = .path(try PathPattern.parse(text, delimiter, .regex, at: position), .grains)
    case .pillar: self = .path(try PathPattern.parse(text, delimiter, .glob, at: position), .pillar)
    case .pillarPCRE: self = .path(try PathPattern.parse(text, delimiter, .regex, at: position), .pillar)
    case .subnet: self = .subnet(try Subnet(text, at: position))
    case .nodegroup, .compound:
      throw TargetError(.syntax, "A \(kind.rawValue) cannot stand here.", at: position)
    case .range:
      throw TargetError(
        .unsupported,
        "Range expressions need a range server, which Brine does not have: name the hosts with a list (-L).",
        at: position)
    }
  }

  func matches(_ subject: TargetSubject) throws(TargetError) -> Bool {
    switch self {
    case .everyone:
      return true
    case .nobody:
      return false
    case .glob(let glob):
      return glob.matches(subject.id)
    case .pattern(let pattern):
      return try pattern.matches(subject.id)
    case .list(let hosts):
      return hosts.contains(subject.id)
    case .path(let path, .grains):
      return try path.matches(subject.grains)
    case .path(let path, .pillar):
      guard let pillar = subject.pillar else { return false }
      return try path.matches(pillar)
    case .subnet(let subnet):
      return subnet.matches(subject.grains)
    }
  }
}
