import Configuration
import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import States
import Store
import Synchronization
import Value
import Wire

@testable import Master

/// A master's pillar in a directory of a test's own.
struct PillarHost {
  /// What operators who listen were told.
  final class Told: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func add(_ more: [String]) { lines.withLock { $0 += more } }
  }

  let directory: TemporaryDirectory
  let service: PillarService
  let store: PillarKeyStore
  let told = Told()

  /// - Parameters:
  ///   - files: texts by path below the base environment's root.
  ///   - configuration: lines of `master.yaml`.
  init(
    _ files: [String: String], configuration: String = "", functions: FunctionRegistry = FunctionRegistry([]),
    commands: any CommandRunner = SubprocessRunner(), keys: PillarHost? = nil
  ) throws {
    directory = try TemporaryDirectory()
    for (path, text) in files { try Self.write(directory.path("pillar/\(path)"), text) }
    try HostFiles().write(directory.path("master.yaml"), text: configuration)
    store = try PillarKeyStore(directory: (keys?.directory ?? directory).path("keys"))
    let settings = try MasterConfiguration(directory: directory.path)
    let told = told
    service = try PillarService(
      settings: settings.pillar, nodegroups: settings.nodegroups, store: store, functions: functions,
      states: StateRegistry(), git: GitPillarRepositories(directory: directory.path("git")), commands: commands
    ) { _, summaries in told.add(summaries) }
  }

  static func write(_ path: String, _ text: String) throws {
    try HostFiles().makeDirectory(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]))
    try HostFiles().write(path, text: text)
  }

  func write(_ path: String, _ text: String) throws { try Self.write(directory.path("pillar/\(path)"), text) }

  static func minion(_ id: String, _ grains: ValueMap = [:]) throws -> StoredMinion {
    guard let name = MinionID(id) else { throw HostError(.invalid, id) }
    var minion = StoredMinion(
      publicKey: id, id: name, status: .accepted, firstSeen: Moment(microseconds: 0), lastSeen: Moment(microseconds: 0))
    minion.grains = StoredGrains(digest: "\(grains)", grains: grains, received: Moment(microseconds: 0))
    return minion
  }
}
