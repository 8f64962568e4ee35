import Glibc
import HostSystem
import HostSystemTesting
import Identity
import TestSupport
import Value
import ZeroMQ

/// A real master and real minions on loopback, in a directory of their own.
actor Fleet {
  struct Options: Sendable {
    /// Lines for master.yaml.
    var master = ""
    /// Lines for every minion's minion.yaml.
    var minion = ""
  }

  private nonisolated let place: TemporaryDirectory
  nonisolated let options: Options
  private let cleaner: Cleaner
  private var master: ChildProcess?
  private var minions: [String: ChildProcess] = [:]
  private(set) var fleetPort = 0
  private(set) var enrolPort = 0

  nonisolated var directory: String { place.path }
  nonisolated var masterDirectory: String { "\(directory)/master" }
  nonisolated var masterLog: String { "\(directory)/master.log" }
  nonisolated func minionDirectory(_ id: String) -> String { "\(directory)/\(id)" }
  nonisolated func minionLog(_ id: String) -> String { "\(directory)/\(id).log" }
  nonisolated var environment: [String: String] { Programs.environment(home: directory) }

  init(_ options: Options = Options()) throws {
    self.options = options
    guard HostFiles().isExecutable(Programs.brine), HostFiles().isExecutable(Programs.minion) else {
      throw TestFailure("brine and brine-minion are not in \(Programs.directory): run swift build, or set BRINE_BIN")
    }
    place = try TemporaryDirectory()
    cleaner = try Cleaner(directory: place.path)
  }

  // MARK: Master

  /// Starts the master and waits until it listens. It keeps the ports it got the first time.
  ///
  /// - Parameter prefix: put before the command line, such as `unshare`.
  func startMaster(prefix: [String] = []) async throws {
    let files = HostFiles()
    try files.makeDirectory(masterDirectory)
    // What is mounted over has to be there.
    if !prefix.isEmpty { try files.makeDirectory("\(masterDirectory)/state", mode: 0o700) }
    try writeMasterConfiguration()
    let ports = "\(masterDirectory)/run/ports"
    try files.remove(ports)
    let child = try ChildProcess(
      prefix + [Programs.brine, "master", "--config", masterDirectory], environment: environment,
      log: masterLog)
    master = child
    let text = try await eventually("the master listens") { () -> String? in
      guard child.isRunning else { throw TestFailure("the master ended at once:\n\(log(masterLog))") }
      return try? files.readText(ports)
    }
    let value = try JSONParser.parse(text)
    guard let fleet = value["fleet"]?.intValue, let enrol = value["enrol"]?.intValue else {
      throw TestFailure("\(ports) holds \(text)")
    }
    (fleetPort, enrolPort) = (Int(fleet), Int(enrol))
    try writeMasterConfiguration()
  }

  private func writeMasterConfiguration() throws {
    let text = """
      interface: 127.0.0.1
      fleet_port: \(fleetPort)
      enrol_port: \(enrolPort)
      heartbeat: 4
      \(options.master)

      """
    try HostFiles().write("\(masterDirectory)/master.yaml", text: text)
  }

  func stopMaster() async {
    await master?.end()
    master = nil
  }

  /// `kill -9`.
  func killMaster() async {
    await master?.killNow()
    master = nil
  }

  var masterProcess: pid_t? { master?.processID }

  /// The master's public key.
  nonisolated func masterKey() throws -> CurveKey {
    let text = try HostFiles().readText("\(masterDirectory)/master.pub").trimmed()
    guard let key = CurveKey(text) else { throw TestFailure("master.pub holds '\(text)'") }
    return key
  }

  nonisolated func operatorIdentity() throws -> OperatorIdentity {
    try OperatorIdentity.load("\(masterDirectory)/operator.key")
  }

  // MARK: Minions

  /// Runs `brine-minion join` in the directory of that name.
  ///
  /// - Parameter directory: of the configuration, when it is not that of the id.
  func join(_ id: String, word: String? = nil, in name: String? = nil, _ further: [String] = []) async throws
    -> CommandResult
  {
    let home = minionDirectory(name ?? id)
    let files = HostFiles()
    try files.makeDirectory(home)
    if !files.exists("\(home)/minion.yaml") { try files.write("\(home)/minion.yaml", text: options.minion + "\n") }
    let address = ["join", "tcp://127.0.0.1:\(enrolPort)"]
    return try await run(
      [Programs.minion, "--config", home] + address + (word.map { [$0] } ?? []) + ["--id", id] + further)
  }

  /// Starts a joined minion; it connects by itself.
  ///
  /// - Parameter prefix: put before the command line, such as `unshare`.
  func startMinion(_ id: String, prefix: [String] = []) throws {
    minions[id] = try ChildProcess(
      prefix + [Programs.minion, "--config", minionDirectory(id), "run"], environment: environment, log: minionLog(id))
  }

  func minionProcess(_ id: String) -> pid_t? { minions[id]?.processID }

  func stopMinion(_ id: String) async { await minions.removeValue(forKey: id)?.end() }

  /// `kill -9` of the daemon alone; its workers go on.
  func killMinion(_ id: String) async { await minions.removeValue(forKey: id)?.killNow() }

  /// Invites, joins and starts minions, and waits until they are online.
  func addMinions(_ ids: [String]) async throws {
    let word = try await invite(uses: ids.count)
    for id in ids {
      let result = try await join(id, word: word)
      guard result.isSuccess else { throw TestFailure("\(id) did not join: \(result.errorText)") }
      try startMinion(id)
    }
    try await awaitOnline(ids)
  }

  // MARK: The end

  /// Ends everything and removes the directory.
  func stop() async {
    await withTaskGroup(of: Void.self) { group in
      for child in minions.values { group.addTask { await child.end(grace: .seconds(2)) } }
    }
    await master?.end(grace: .seconds(3))
    minions = [:]
    master = nil
    // Workers and what they have started, which may not name the directory.
    for process in RunningProcesses.trees(mentioning: directory, except: cleaner.processID) { kill(process, SIGKILL) }
    await cleaner.finish()
  }

  /// The last lines of a log, for a failure's message.
  nonisolated func log(_ path: String, lines: Int = 25) -> String {
    HostFiles().linesIfPresent(path).suffix(lines).joined(separator: "\n")
  }

  /// Whether a log has a line with this text.
  nonisolated func logHas(_ path: String, _ text: String) -> Bool {
    (try? HostFiles().readText(path))?.contains(text) ?? false
  }

  nonisolated func run(_ arguments: [String], timeout: Duration = .seconds(40)) async throws -> CommandResult {
    var command = Command(arguments)
    command.environment = environment
    command.isEnvironmentClean = true
    command.timeout = timeout
    return try await SubprocessRunner().run(command)
  }
}
