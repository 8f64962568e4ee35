import OrderedCollections
import Value
import Wire

/// Answers a minion that asks for its own pillar: what it asked, who it is, and its grains as the master has them.
///
/// It runs off the master's loop. It answers `.pillar` or `.refused`, and never half a pillar.
typealias PillarAnswer = @Sendable (PillarRequest, MinionID, ValueMap) async -> FleetReply

/// For a master that has no pillar.
let noPillar: PillarAnswer = { _, _, _ in
  .refused(FleetRefusal(.unsupported, "this master compiles no pillar yet"))
}
