import OrderedCollections
import Value

/// A minion's first words: what it is and which jobs it holds, so that the master can tell what of its queue is news.
public struct MinionHello: Sendable, Hashable {
  /// Brine's version on the minion.
  public var version: String
  /// The minion's clock; far off, certificates and expiries mean something else there.
  public var clock: Moment
  /// Digest of the grains it would send; the master asks for them when it has others.
  public var grainsDigest: String
  /// Jobs in the minion's journal whose result the master has not acknowledged.
  public var heldJobs: [JobID]
  /// Those of them that are running.
  public var runningJobs: [JobID]

  public init(version: String, clock: Moment, grainsDigest: String, heldJobs: [JobID] = [], runningJobs: [JobID] = []) {
    self.version = version
    self.clock = clock
    self.grainsDigest = grainsDigest
    self.heldJobs = heldJobs
    self.runningJobs = runningJobs
  }

  var fields: ValueMap {
    [
      "version": .string(version), "clock": .int(clock.microseconds), "grains_digest": .string(grainsDigest),
      "held": .strings(heldJobs.map(\.text)), "running": .strings(runningJobs.map(\.text)),
    ]
  }

  init(_ fields: FieldReader) throws(WireError) {
    version = try fields.string("version", maximum: 64)
    clock = Moment(microseconds: try fields.int("clock"))
    grainsDigest = try fields.string("grains_digest", maximum: 128)
    heldJobs = try fields.strings("held").compactMap(JobID.init)
    runningJobs = try fields.strings("running").compactMap(JobID.init)
  }
}
