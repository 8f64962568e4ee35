import Functions
import HostSystem
import Value

/// Debian's package system: apt-get, apt-cache, apt-mark and dpkg-query.
struct AptProvider: PackageProvider {
  let commands: any CommandRunner
  let files: HostFiles
  /// Debian's name of the host's architecture (`amd64`); packages of another get it as a suffix.
  var nativeArchitecture: String
  var retry: LockRetry

  var program: String { "apt-get" }

  init(_ context: FunctionContext) {
    commands = context.commands
    files = context.files
    nativeArchitecture = context.grains["osarch"]?.stringValue ?? ""
    retry = LockRetry(commands: context.commands, progress: context.progress)
  }

  func isValid(name: String) -> Bool { PackageName.isDebian(name) }

  func order(_ left: String, _ right: String, ignoringEpoch: Bool) -> Int? {
    guard let left = DebianVersion(left), let right = DebianVersion(right) else { return nil }
    return left.order(to: right, ignoringEpoch: ignoringEpoch)
  }

  func state() async throws -> PackageState {
    let result = try await query(["dpkg-query", "-W", "-f", DpkgStatusList.format])
    return DpkgStatusList.parse(result.outputLines, nativeArchitecture: nativeArchitecture)
  }

  func candidates(of names: [String], fromRepository: String?) async throws -> [String: String] {
    try await policy(names, fromRepository).entries.compactMapValues { $0.candidate.isEmpty ? nil : $0.candidate }
  }

  func policy(_ names: [String], _ fromRepository: String?) async throws -> AptPolicy {
    let release = fromRepository.map { ["-o", "APT::Default-Release=\($0)"] } ?? []
    return AptPolicy(try await query(["apt-cache", "-q"] + release + ["policy", "--"] + names).outputLines)
  }

  func upgrades(isDistributionUpgrade: Bool, fromRepository: String?) async throws -> [String: String] {
    var transaction = PackageTransaction(.upgradeAll(isDistributionUpgrade: isDistributionUpgrade))
    transaction.options.fromRepository = fromRepository
    return try await simulate(transaction).changes.compactMapValues { $0.new.isEmpty ? nil : $0.new }
  }

  func lastRefresh() -> Double? { files.status("/var/lib/apt/lists")?.modificationTime }

  func refresh(lockTimeout: Duration) async throws -> RepositoryRefresh {
    let arguments = ["apt-get", "-q", "update"]
    let result = try await retry.run(
      timeout: lockTimeout, { _ in Self.command(arguments) }, holder: AptFailure.lockHolder)
    let report = AptUpdateReport.parse(result.outputLines)
    guard result.isSuccess else { throw AptFailure.error(arguments, result) }
    return report
  }

  /// Runs a read; a failure is explained as apt's.
  func query(_ arguments: [String]) async throws -> CommandResult {
    var command = Self.command(arguments)
    command.outputLimit = 64 << 20
    let result = try await commands.run(command)
    guard result.isSuccess else { throw AptFailure.error(arguments, result) }
    guard !result.isTruncated else {
      throw FunctionError(.failed, "`\(arguments.joined(separator: " "))` printed more than 64 MiB.")
    }
    return result
  }

  /// No question is ever asked: nobody would answer.
  static func command(
    _ arguments: [String], configurationFiles: PackageOptions.ConfigurationFiles = .keep
  ) -> Command {
    var command = Command(arguments)
    command.environment = [
      "LC_ALL": "C.UTF-8", "LANGUAGE": "C", "DEBIAN_FRONTEND": "noninteractive", "APT_LISTCHANGES_FRONTEND": "none",
      "APT_LISTBUGS_FRONTEND": "none", "NEEDRESTART_SUSPEND": "1",
      configurationFiles == .keep ? "UCF_FORCE_CONFFOLD" : "UCF_FORCE_CONFFNEW": "1",
    ]
    return command
  }
}
