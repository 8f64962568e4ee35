import Functions
import HostSystem
import Logging
import OrderedCollections
import Sealing
import States
import Store
import Value
import Wire

/// The master's pillar: compiles it for minions that ask for theirs, for operators who look, and for targets on pillar.
/// It runs off the master's loop; a few compiles at once.
///
/// Nothing of a pillar is written to disk or to a log.
actor PillarService {
  private let log = Logger(label: "pillar")
  private let functions: FunctionRegistry
  private let states: StateRegistry
  private let commands: any CommandRunner
  private let store: PillarKeyStore
  private var keyring: PillarKeyring
  private var settings: PillarSettings
  private var nodegroups: ValueMap
  private var generation = 0
  private var queue: PillarQueue
  private var cache = PillarCache()
  private var waiting: [PillarQueue.Ticket: CheckedContinuation<Void, Never>] = [:]
  private var lastTicket = 0
  private let watch = DeadlineWatch()
  private let git: GitPillarRepositories
  /// Matching compiles all accepted minions; who comes meanwhile waits and finds the cache filled.
  private var matching: Task<PillarSnapshot, Never>?
  private var reportLimit = RateLimit(perMinute: 10)
  private var reportMinute: Int64 = 0
  /// Tells operators who listen that a minion's pillar cannot be compiled.
  private let failed: @Sendable (MinionID, [String]) -> Void

  init(
    settings: PillarSettings, nodegroups: ValueMap, store: PillarKeyStore, functions: FunctionRegistry,
    states: StateRegistry, git: GitPillarRepositories, commands: any CommandRunner = SubprocessRunner(),
    failed: @escaping @Sendable (MinionID, [String]) -> Void = { _, _ in }
  ) throws(HostError) {
    self.settings = settings
    self.nodegroups = nodegroups
    self.store = store
    self.git = git
    self.functions = functions
    self.states = states
    self.commands = commands
    self.failed = failed
    keyring = try store.keyring()
    queue = PillarQueue(width: settings.workers)
  }

  /// Takes settings read again.
  func reload(_ settings: PillarSettings, nodegroups: ValueMap) {
    self.settings = settings
    self.nodegroups = nodegroups
    generation += 1
    cache.removeAll()
  }

  private var compilation: PillarCompilation {
    let (git, settings) = (git, settings)
    return PillarCompilation(
      settings: settings, nodegroups: nodegroups, functions: functions, states: states, keyring: keyring,
      commands: commands, watch: watch
    ) { setting, pillarenv, saltenv throws(PillarProblem) in
      try await git.parts(
        settings.gitEntries[setting] ?? [], pillarenv, saltenv, includingOthers: settings.gitIncludes)
    }
  }

  // MARK: For minions

  /// A minion's own pillar, or why there is none; never half of it.
  func answer(_ request: PillarRequest, _ id: MinionID, _ grains: ValueMap) async -> FleetReply {
    guard await hasTurn(id) else { return .refused(FleetRefusal(.busy, Self.busy)) }
    let compiled = await compilation.run(
      id, grains: grains, environment: request.environment?.text, saltenv: request.saltenv?.text,
      override: request.override, secrets: .opened)
    endTurn(id)
    guard !compiled.problems.isEmpty else {
      return .pillar(
        compiled.pillar, secrets: compiled.secrets.map { $0.withBytes { String(decoding: $0, as: UTF8.self) } })
    }
    let summaries = report(compiled, id)
    let hint = "`brine pillar show \(id)` on the master shows the lines."
    return .refused(FleetRefusal(.unrendered, (summaries + [hint]).joined(separator: "\n")))
  }

  private static let busy = "too many pillars of this minion are being compiled"

  /// Waits until one more may be compiled; false when this minion has too many on the way.
  private func hasTurn(_ id: MinionID) async -> Bool {
    lastTicket += 1
    let ticket = lastTicket
    switch queue.entered(ticket, id) {
    case .refuse: return false
    case .wait: await withCheckedContinuation { waiting[ticket] = $0 }
    case .start: break
    }
    return true
  }

  private func endTurn(_ id: MinionID) {
    if let next = queue.ended(id) { waiting.removeValue(forKey: next)?.resume() }
  }

  /// Logs and tells what is wrong, without what is in the files.
  private func report(_ compiled: CompiledPillar, _ id: MinionID) -> [String] {
    let summaries = compiled.problems.prefix(20).map { String($0.summary.prefix(1000)) }
    let minute = Moment.now().microseconds / 60_000_000
    if minute != reportMinute { reportLimit.newMinute() }
    reportMinute = minute
    // A minion that asks again and again does not fill the log.
    guard reportLimit.allows(id.text) else { return summaries }
    for summary in summaries {
      log.error("the pillar cannot be compiled: \(summary)", metadata: ["minion": "\(id)"])
    }
    failed(id, summaries)
    return summaries
  }

  // MARK: For operators

  /// A minion's pillar for an operator who may read it.
  func show(_ id: MinionID, grains: ValueMap, environment: String?, opensSecrets: Bool) async -> CompiledPillar {
    guard await hasTurn(id) else { return CompiledPillar(problems: [PillarProblem(Self.busy)]) }
    defer { endTurn(id) }
    return await compilation.run(
      id, grains: grains, environment: environment, secrets: opensSecrets ? .opened : .masked)
  }

  /// The public half of the key that is sealed to, and the names of all keys.
  func keys() -> (current: PillarSealWord?, all: [String]) { (keyring.current, keyring.keyIDs) }

  /// Makes a new key.
  func rotateKey() throws(HostError) {
    try store.add()
    keyring = try store.keyring()
  }

  /// Gives an old key up.
  func removeKey(_ id: String) throws(HostError) {
    try store.remove(id)
    keyring = try store.keyring()
  }

  /// Seals again to the newest key what was sealed to an older one; whom it is for stays as it is.
  func reseal(_ text: String) throws(SealingError) -> String {
    guard let value = SealedPillarValue(text) else {
      throw SealingError(.invalidText, "This is no sealed pillar value, or it was cut.")
    }
    guard let current = keyring.current else { throw SealingError(.invalidKey, "There is no pillar key here.") }
    let (secret, audience) = try keyring.open(value)
    return try SealedPillarValue.seal(secret, for: audience, to: current).text
  }

  // MARK: For targets

  /// The pillars of these minions for matching: without secrets.
  func snapshot(_ minions: [StoredMinion]) async -> PillarSnapshot {
    while let running = matching {
      _ = await running.value
      // Somebody else may have begun meanwhile.
      if matching == running { matching = nil }
    }
    let task = Task { await self.matched(minions) }
    matching = task
    let result = await task.value
    if matching == task { matching = nil }
    return result
  }

  private func matched(_ minions: [StoredMinion]) async -> PillarSnapshot {
    let now = Moment.now()
    let (directories, generation, compilation) = (settings.directories, generation, compilation)
    let stamp = await Task.detached { PillarStamp.of(directories, generation: generation) }.value
    var snapshot = PillarSnapshot()
    var wanted: [StoredMinion] = []
    for minion in minions {
      let digest = minion.grains?.digest ?? ""
      if let stamp, let found = cache.found(minion.id, grains: digest, stamp: stamp, now: now) {
        snapshot.add(found, minion.id)
      } else {
        wanted.append(minion)
      }
    }
    var rest = wanted[...]
    let share = compilation.share()
    await withTaskGroup(of: (StoredMinion, CompiledPillar).self) { group in
      func start() {
        guard let minion = rest.popFirst() else { return }
        group.addTask {
          (
            minion,
            await compilation.run(
              minion.id, grains: minion.grains?.grains ?? [:], secrets: .withheld, share: share)
          )
        }
      }
      for _ in 0..<settings.workers { start() }
      for await (minion, compiled) in group {
        start()
        var pillar = MatchingPillar.compiled(compiled.pillar)
        if let problem = compiled.problems.first { pillar = .failed(String(problem.summary.prefix(300))) }
        if let stamp {
          pillar = cache.store(
            minion.id, grains: minion.grains?.digest ?? "", stamp: stamp, now: now, pillar,
            isVolatile: compiled.isVolatile)
        }
        snapshot.add(pillar, minion.id)
      }
    }
    cache.keep(Set(minions.map(\.id)))
    return snapshot
  }
}

extension PillarSnapshot {
  fileprivate mutating func add(_ pillar: MatchingPillar, _ id: MinionID) {
    switch pillar {
    case .compiled(let map): pillars[id] = map
    case .failed(let reason): failures[id] = reason
    }
  }
}
