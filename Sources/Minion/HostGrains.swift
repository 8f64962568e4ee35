import Grains
import Hashing
import HostSystem
import Logging
import OrderedCollections
public import Value
import Wire

/// This host's grains: collected, with the administrator's static ones over them, cached for workers.
public actor HostGrains {
  private let configuration: MinionConfiguration
  private let path: String
  private let log = Logger(label: "grains")
  private var reported: Set<String> = []

  public init(configuration: MinionConfiguration) {
    self.configuration = configuration
    path = "\(configuration.stateDirectory)/grains.msgpack"
  }

  /// What was collected last, by any process of this host; empty before the first time.
  public func cached() -> ValueMap {
    guard let bytes = try? HostFiles().read(path), let value = try? MessagePackReader.decode(bytes) else { return [:] }
    return value.mapValue ?? [:]
  }

  /// For a process that stands alone: what was collected lately and since the host was booted, with the administrator's
  /// static grains of this moment over it; else collected now.
  public func current() async -> ValueMap {
    guard isCacheFresh else { return await collect().grains }
    let fixed = staticGrains()
    var grains = fixed.overriding(cached())
    identify(&grains)
    return grains
  }

  /// Who the host is, whatever static grains say.
  private func identify(_ grains: inout ValueMap) {
    grains["id"] = .string(configuration.id)
    if !configuration.master.isEmpty { grains["master"] = .string(configuration.master) }
    // Salt's number of an id: for trees that spread work over time by it.
    let tail = DigestAlgorithm.sha256.digest(of: Array(configuration.id.utf8)).suffix(4)
    let number = tail.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
    if grains["server_id"] == nil { grains["server_id"] = .int(Int64(number)) }
  }

  private var isCacheFresh: Bool {
    guard let status = HostFiles().status(path), let bytes = try? HostFiles().readText("/proc/uptime"),
      let uptime = bytes.split(separator: " ").first.flatMap({ Double($0) })
    else { return false }
    let age = Double(Moment.now().microseconds) / 1e6 - status.modificationTime
    return age < min(Double(configuration.grainsRefresh), uptime) && cached()["brineversion"] == .string(brineVersion)
  }

  private func staticGrains() -> StaticGrains {
    let fixed = StaticGrains.load(
      files: HostFiles(), configured: configuration.staticGrains, paths: ["\(configuration.directory)/grains.d"],
      parse: { try YAMLParser.parse($0, file: "grains").value })
    for problem in fixed.problems where reported.insert(problem).inserted { log.error("\(problem)") }
    return fixed
  }

  /// Collects and caches.
  public func collect() async -> (grains: ValueMap, digest: String) {
    let context = GrainContext(
      files: HostFiles(), commands: SubprocessRunner(), minionID: configuration.id, version: brineVersion)
    let collected = await GrainCollection.collect(context)
    var grains = staticGrains().overriding(collected)
    identify(&grains)
    let digest = Self.digest(grains)
    if Self.digest(cached()) != digest {
      try? HostFiles().makeDirectory(configuration.stateDirectory, mode: 0o700)
      try? HostFiles().write(path, MessagePackWriter.encode(.map(grains)), mode: 0o600)
    }
    return (grains, digest)
  }

  /// Of what matters: a new process id is no news for the master.
  private static func digest(_ grains: ValueMap) -> String {
    var grains = grains
    grains["pid"] = nil
    return DigestAlgorithm.sha256.hexadecimal(of: MessagePackWriter.encode(.map(grains)))
  }
}
