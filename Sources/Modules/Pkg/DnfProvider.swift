import Functions
import HostSystem
import Value

/// The RPM family's package system: dnf, microdnf or yum over rpm.
struct DnfProvider: PackageProvider {
  /// Which of them there is, best first.
  enum Tool: String, Sendable, Hashable, CaseIterable {
    case dnf, dnf5, microdnf, yum
  }

  let commands: any CommandRunner
  let files: HostFiles
  let tool: Tool
  /// RPM's name of the host's architecture (`x86_64`); packages of another get it as a suffix.
  var nativeArchitecture: String
  var retry: LockRetry

  var program: String { tool.rawValue }

  init(_ context: FunctionContext, tool: Tool) {
    commands = context.commands
    files = context.files
    self.tool = tool
    nativeArchitecture = context.grains["osarch"]?.stringValue ?? ""
    retry = LockRetry(commands: context.commands, progress: context.progress)
  }

  func isValid(name: String) -> Bool { PackageName.isRPM(name) }

  func order(_ left: String, _ right: String, ignoringEpoch: Bool) -> Int? {
    guard let left = RPMVersion(left), let right = RPMVersion(right) else { return nil }
    return left.order(to: right, ignoringEpoch: ignoringEpoch)
  }

  func state() async throws -> PackageState {
    let lines = try await query(["rpm", "-qa", "--qf", RPMPackageList.format]).outputLines
    return PackageState(installed: RPMPackageList.parse(lines, nativeArchitecture: nativeArchitecture))
  }

  func candidates(of names: [String], fromRepository: String?) async throws -> [String: String] {
    let repository = Self.repositoryOptions(fromRepository)
    if tool == .yum {
      // yum ends with 1 when none of the names matches, which is an answer.
      let arguments = ["yum", "-q"] + repository + ["list", "available"] + names
      let result = try await commands.run(Self.command(arguments))
      guard result.isSuccess || result.errorText.contains("No matching Packages") else {
        throw DnfFailure.error(arguments, result)
      }
      return newest(DnfTable.listing(result.outputLines))
    }
    let arguments =
      [program, "-q"] + repository + ["repoquery", "--latest-limit=1", "--qf", RPMPackageList.repoqueryFormat] + names
    let lines = try await query(arguments).outputLines
    return RPMPackageList.parse(lines, nativeArchitecture: nativeArchitecture).compactMapValues(\.last)
  }

  func upgrades(isDistributionUpgrade: Bool, fromRepository: String?) async throws -> [String: String] {
    guard tool != .microdnf else {
      throw FunctionError(
        .unavailable, "microdnf cannot list upgrades.", hint: "Install dnf, or use pkg.upgrade with test=True.")
    }
    let arguments = [program, "-q"] + Self.repositoryOptions(fromRepository) + ["check-update"]
    let result = try await commands.run(Self.command(arguments))
    // 100 says that there are upgrades, 0 that there are none.
    guard result.isSuccess || result.ending == .exited(100) else { throw DnfFailure.error(arguments, result) }
    return newest(DnfTable.listing(result.outputLines))
  }

  private func newest(_ rows: [DnfTable.Row]) -> [String: String] {
    var versions: [String: String] = [:]
    for row in rows {
      let name = RPMPackageList.name(row.name, architecture: row.architecture, nativeArchitecture)
      if let known = versions[name], order(known, row.version, ignoringEpoch: false) != -1 { continue }
      versions[name] = row.version
    }
    return versions
  }

  func lastRefresh() -> Double? { nil }

  /// Salt's three answers: true when there are upgrades, null when there are none, false when it failed; here a failure
  /// is an error instead.
  func refresh(lockTimeout: Duration) async throws -> RepositoryRefresh {
    if tool == .microdnf {
      _ = try await locked(["microdnf", "clean", "all"], lockTimeout)
      _ = try await locked(["microdnf", "makecache"], lockTimeout)
      return RepositoryRefresh(value: true)
    }
    _ = try await locked([program, "-q", "-y", "clean", "expire-cache"], lockTimeout)
    let result = try await locked([program, "-q", "-y", "check-update"], lockTimeout, alsoSuccess: 100)
    return RepositoryRefresh(value: result.isSuccess ? .null : true)
  }

  /// Runs a command that takes the lock; its failure is explained as dnf's.
  func locked(
    _ arguments: [String], _ lockTimeout: Duration, timeout: Duration? = nil, alsoSuccess: Int32 = 0
  ) async throws -> CommandResult {
    let result = try await retry.run(
      timeout: lockTimeout,
      { _ in
        var command = Self.command(arguments)
        command.timeout = timeout
        return command
      },
      holder: { $0.ending == .exited(alsoSuccess) ? nil : DnfFailure.lockHolder($0) })
    guard result.isSuccess || result.ending == .exited(alsoSuccess) else { throw DnfFailure.error(arguments, result) }
    return result
  }

  /// Runs a read; a failure is explained as dnf's.
  func query(_ arguments: [String]) async throws -> CommandResult {
    var command = Self.command(arguments)
    command.outputLimit = 64 << 20
    let result = try await commands.run(command)
    guard result.isSuccess else { throw DnfFailure.error(arguments, result) }
    guard !result.isTruncated else {
      throw FunctionError(.failed, "`\(arguments.joined(separator: " "))` printed more than 64 MiB.")
    }
    return result
  }

  static func command(_ arguments: [String]) -> Command {
    var command = Command(arguments)
    // Wide, for dnf breaks its tables at the terminal's width.
    command.environment = ["LC_ALL": "C.UTF-8", "LANGUAGE": "C", "COLUMNS": "400"]
    return command
  }

  /// Only that repository, as Salt's `fromrepo`.
  static func repositoryOptions(_ repository: String?) -> [String] {
    repository.map { ["--disablerepo=*", "--enablerepo=\($0)"] } ?? []
  }
}
