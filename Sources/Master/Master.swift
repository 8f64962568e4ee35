public import Functions
import Glibc
import HostSystem
import Logging
import Sealing
import States
import Store
import Value
import Wire
import ZeroMQ

/// The master: opens its store, makes its key and the first operator on first start, and serves until stopped.
public final class Master: Sendable {
  private let core: MasterCore
  private let door: EnrolmentDoor
  private let authenticator: ZAPAuthenticator
  private let gitRoots: GitRoots
  private let lock: ProcessLock
  private let gitPillar: GitPillarRepositories
  public let fleetPort: Int
  public let enrolPort: Int

  /// Starts everything; returns when all sockets listen.
  ///
  /// - Parameters:
  ///   - functions: what templates of the pillar may call as `salt['module.function']()`; they run on the master.
  ///   - states: state functions, for those of them that ask for some.
  /// - Throws: `HostError`, `StoreError` or `ZMQError` with what could not be done.
  public init(
    configuration: MasterConfiguration, functions: FunctionRegistry = FunctionRegistry([]),
    states: StateRegistry = StateRegistry()
  ) async throws {
    // Files of the master are its owner's alone; one descriptor a minion is needed.
    umask(0o077)
    raiseDescriptorLimit()
    var configuration = configuration
    let files = HostFiles()
    try files.makeDirectory(configuration.stateDirectory, mode: 0o700)
    lock = try ProcessLock("\(configuration.stateDirectory)/master.lock", for: "A master")
    try files.makeDirectory(configuration.runDirectory, mode: 0o755)
    let keys = try MasterKey.loadOrMake(directory: configuration.configurationDirectory, files: files)
    let store = try SQLiteStore(path: "\(configuration.stateDirectory)/brine.db")
    chmod("\(configuration.stateDirectory)/brine.db", 0o600)
    let auditLog = try AuditLog(path: "\(configuration.stateDirectory)/audit.log")
    if let fault = auditLog.fault { Logger(label: "audit").critical("the audit log is not intact: \(fault)") }
    if try store.operators().isEmpty {
      try FirstOperator.make(configuration: configuration, masterKey: keys.publicKey, store: store, files: files)
    }
    let keyTable = KeyTable()
    let context = ZMQContext()
    authenticator = try await ZAPAuthenticator(context: context) { domain, key, _ in
      keyTable.userID(domain: domain, key: key)
    }
    let loop = SocketLoop(name: "brine-master")
    let fileServer = FileServer(configuration.files)
    gitRoots = GitRoots(directory: "\(configuration.stateDirectory)/git") { fileServer.setGitRoots($0) }
    core = try MasterCore(
      loop: loop, context: context, configuration: configuration, store: store, keyTable: keyTable,
      auditLog: auditLog, fileServer: fileServer)
    gitPillar = GitPillarRepositories(directory: "\(configuration.stateDirectory)/git-pillar")
    let pillars = try PillarService(
      settings: configuration.pillar, nodegroups: configuration.nodegroups,
      store: PillarKeyStore(directory: "\(configuration.stateDirectory)/pillar-keys", files: files),
      functions: functions, states: states, git: gitPillar
    ) { [weak core] id, summaries in
      Task { await core?.pillarFailed(id, summaries) }
    }
    await core.use(pillars)
    let (gitRoots, gitPillar) = (gitRoots, gitPillar)
    await core.use { backend in
      var problems: [String: String] = [:]
      if backend != .gitPillar { problems = await gitRoots.updateNow() }
      if backend != .git { problems.merge(await gitPillar.updateNow()) { first, _ in first } }
      return problems
    }
    try await core.start(keys: keys)
    door = EnrolmentDoor(core: core)
    try await door.open("tcp://\(configuration.interface):\(configuration.enrolPort)", keys: keys)
    fleetPort = await core.fleetPort
    enrolPort = await door.port
    configuration.enrolPort = enrolPort
    await core.setEnrolPort(enrolPort)
    await gitRoots.follow(configuration.files)
    await gitPillar.follow(configuration.pillar.gitEntries.values.flatMap(\.self))
  }

  /// Commits what is pending and closes everything.
  public func stop() async {
    await gitRoots.stop()
    await gitPillar.stop()
    await door.stop()
    await core.stop()
    authenticator.stop()
  }

  public func reload(_ configuration: MasterConfiguration) async {
    await core.reload(configuration)
    await gitRoots.follow(configuration.files)
    await gitPillar.follow(configuration.pillar.gitEntries.values.flatMap(\.self))
  }
}
