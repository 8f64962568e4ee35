import Glibc
import Synchronization
import Wire
import ZeroMQ

/// One process's part of a simulated fleet: thousands of sessions on one thread, beside libzmq's own.
final class Simulation {
  /// A handshake costs the master 0.6 ms: more at a time would only wait in its backlog.
  private static let connectsPerTurn = 50
  /// Each minion's tick comes every 50 turns of 100 ms: every 5 s, as the real one's, but not all at once.
  private static let tickParts = 50

  private let context: SimulationContext
  private let queue: ReadinessQueue
  private let statisticsPath: String
  private var minions: [SimulatedMinion] = []
  private var connected = 0
  private var tickPart = 0
  private var lastTick = Moment(microseconds: 0)
  private var published: SimulationStatistics?

  init(
    indices: [Int], keys: [CurveKeyPair], masterKey: CurveKey, context: SimulationContext, statisticsPath: String
  ) throws {
    self.context = context
    self.statisticsPath = statisticsPath
    queue = try ReadinessQueue()
    let zmq = ZMQContext(maximumSockets: Int32(indices.count + 16))
    for (index, pair) in zip(indices, keys) {
      let minion = try SimulatedMinion(index: index, keys: pair, masterKey: masterKey, zmq: zmq, context: context)
      try queue.add(minion.descriptor, index: minions.count)
      minions.append(minion)
    }
  }

  /// Runs until told to stop, until its parent is gone, or for the time given.
  func run(seconds: Int) throws {
    let end = Moment.now() + Double(seconds)
    let parent = getppid()
    var now = Moment.now()
    while !BenchSignals.isStopping.load(ordering: .relaxed), now < end, getppid() == parent {
      try connectSome()
      let ready = queue.wait(milliseconds: 50)
      now = .now()
      for index in ready { minions[index].service(now) }
      holdOrRelease(now)
      if now - lastTick >= 0.1 { tick(now) }
    }
    context.statistics.publish(statisticsPath)
  }

  private func connectSome() throws {
    let next = min(connected + Self.connectsPerTurn, minions.count)
    for minion in minions[connected..<next] { try minion.connect() }
    connected = next
  }

  private func holdOrRelease(_ now: Moment) {
    let isHolding = BenchSignals.isHolding.load(ordering: .relaxed)
    guard isHolding != context.isHolding else { return }
    context.isHolding = isHolding
    context.statistics.drainedAt = 0
    context.statistics.releasedAt = isHolding ? 0 : Moment.now().microseconds
    guard !isHolding else { return }
    for minion in minions { minion.release(now) }
  }

  private func tick(_ now: Moment) {
    lastTick = now
    for index in stride(from: tickPart, to: minions.count, by: Self.tickParts) { minions[index].tick(now) }
    tickPart = (tickPart + 1) % Self.tickParts
    guard published != context.statistics else { return }
    context.statistics.publish(statisticsPath)
    published = context.statistics
  }
}
