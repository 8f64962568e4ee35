public import Functions
import HostSystem
import Logging
import Value
import Wire
import ZeroMQ

/// The minion's daemon.
public final class Minion: Sendable {
  private let core: MinionCore
  private let grains: HostGrains
  private let refresher: Task<Void, Never>
  private let lock: ProcessLock?

  /// Connects; returns when the daemon runs. The master may be away: it is tried again and again.
  ///
  /// - Throws: `JoinError` when the host has not joined, `HostError` or `ZMQError` otherwise.
  public init(configuration: MinionConfiguration, registry: FunctionRegistry) async throws {
    guard !configuration.master.isEmpty, let masterKey = CurveKey(configuration.masterKey) else {
      throw JoinError(
        .notJoined,
        "This host has not joined a master: run `brine-minion join tcp://MASTER:4511 INVITATION` (the invitation comes from `brine keys invite` on the master)."
      )
    }
    let keys = try MinionKey.load(directory: configuration.directory)
    lock = try Self.lock(configuration.stateDirectory)
    let spool = try JobSpool(directory: "\(configuration.stateDirectory)/jobs")
    let grains = HostGrains(configuration: configuration)
    var context = FunctionContext(
      commands: SubprocessRunner(), files: HostFiles(), grains: await grains.cached(), options: configuration.options,
      registry: registry)
    let link = MasterLink(configuration)
    context.master = link
    if let link { context.events = link }
    let core = MinionCore(
      configuration: configuration, keys: keys, masterKey: masterKey, spool: spool, functions: context)
    self.core = core
    self.grains = grains
    let collected = await grains.collect()
    await core.setGrains(collected.grains, digest: collected.digest)
    try await core.start()
    refresher = Task {
      // By then the session is made and the first jobs are through.
      try? await Task.sleep(for: .seconds(3))
      while !Task.isCancelled {
        ResidentMemory.releaseIdle()
        try? await Task.sleep(for: .seconds(configuration.grainsRefresh))
        if Task.isCancelled { return }
        let collected = await grains.collect()
        await core.setGrains(collected.grains, digest: collected.digest)
      }
    }
  }

  /// A host whose disk is read-only or full is still worth talking to: only another minion is a reason not to start.
  private static func lock(_ directory: String) throws(HostError) -> ProcessLock? {
    do {
      try HostFiles().makeDirectory(directory, mode: 0o700)
      return try ProcessLock("\(directory)/daemon.lock", for: "A minion")
    } catch {
      guard error.code != .exists else { throw error }
      Logger(label: "minion").warning("\(error)")
      return nil
    }
  }

  /// Looks at the grains again (SIGHUP).
  public func refreshGrains() async {
    let collected = await grains.collect()
    await core.setGrains(collected.grains, digest: collected.digest)
  }

  public func stop() async {
    refresher.cancel()
    await core.stop()
  }
}
