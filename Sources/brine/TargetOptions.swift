import ArgumentParser
import Wire

/// Salt's target flags: they say what kind of expression the target is.
struct TargetOptions: ParsableArguments {
  enum Kind: String, EnumerableFlag {
    case grain, grainPCRE, pcre, list, pillar, pillarPCRE, ipcidr, nodegroup, compound

    static func name(for value: Kind) -> NameSpecification {
      switch value {
      case .grain: [.customShort("G"), .customLong("grain")]
      case .grainPCRE: [.customShort("P"), .customLong("grain-pcre")]
      case .pcre: [.customShort("E"), .customLong("pcre")]
      case .list: [.customShort("L"), .customLong("list")]
      case .pillar: [.customShort("I"), .customLong("pillar")]
      case .pillarPCRE: [.customShort("J"), .customLong("pillar-pcre")]
      case .ipcidr: [.customShort("S"), .customLong("ipcidr")]
      case .nodegroup: [.customShort("N"), .customLong("nodegroup")]
      case .compound: [.customShort("C"), .customLong("compound")]
      }
    }

    static func help(for value: Kind) -> ArgumentHelp? {
      switch value {
      case .grain: "TARGET is KEY:GLOB on grains (os:Debian)."
      case .grainPCRE: "TARGET is KEY:REGEX on grains."
      case .pcre: "TARGET is a regular expression on ids."
      case .list: "TARGET is a list of ids, folded or not (web[01-40],db1)."
      case .pillar: "TARGET is KEY:GLOB on pillar."
      case .pillarPCRE: "TARGET is KEY:REGEX on pillar."
      case .ipcidr: "TARGET is an address or a network (10.0.0.0/8)."
      case .nodegroup: "TARGET is a nodegroup of master.yaml."
      case .compound: "TARGET combines them: 'G@os:Debian and not web3'."
      }
    }
  }

  @Flag(exclusivity: .exclusive) var kind: Kind?

  func specification(_ expression: String) -> TargetSpecification {
    let name =
      switch kind {
      case nil: "glob"
      case .grainPCRE?: "grain_pcre"
      case .pillarPCRE?: "pillar_pcre"
      case .some(let kind): kind.rawValue
      }
    return TargetSpecification(kind: name, expression: expression)
  }
}
