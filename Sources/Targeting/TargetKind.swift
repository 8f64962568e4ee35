/// What kind of expression a target is. The raw values are Salt's `tgt_type`.
public enum TargetKind: String, Sendable, Hashable, CaseIterable {
  /// A shell glob on the minion's id; the default.
  case glob
  /// `-E`: a regular expression on the minion's id, anchored at its start.
  case pcre
  /// `-L`: names and folded host sets between commas.
  case list
  /// `-G`: `key:sub:glob` on grains.
  case grain
  /// `-P`: `key:sub:regex` on grains.
  case grainPCRE = "grain_pcre"
  /// `-I`: `key:sub:glob` on pillar.
  case pillar
  /// `-J`: `key:sub:regex` on pillar.
  case pillarPCRE = "pillar_pcre"
  /// `-S`: an address or a network.
  case subnet = "ipcidr"
  /// `-N`: a nodegroup of the configuration.
  case nodegroup
  /// `-C`: all of these with `and`, `or`, `not` and parentheses.
  case compound
  /// `-R`: a range server's expression, which Brine refuses with a sentence.
  case range

  /// The letter of Salt's command line flag and of a term of a compound expression; nil for a glob.
  public var letter: Character? {
    switch self {
    case .glob: nil
    case .pcre: "E"
    case .list: "L"
    case .grain: "G"
    case .grainPCRE: "P"
    case .pillar: "I"
    case .pillarPCRE: "J"
    case .subnet: "S"
    case .nodegroup: "N"
    case .compound: "C"
    case .range: "R"
    }
  }
}
