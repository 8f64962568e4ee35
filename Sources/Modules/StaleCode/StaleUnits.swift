import Functions
import Glibc
import HostSystem
import Value

/// Scans a host and plans what its systemd is to restart.
struct StaleUnits: Sendable {
  let context: FunctionContext
  let scan: StaleCodeScan
  let skip: [String]

  init(_ context: FunctionContext, libraries: [String], skip: [String] = []) {
    self.context = context
    scan = StaleCodeScan(files: context.files, filter: LibraryFilter(names: libraries))
    self.skip = skip
  }

  init(_ arguments: Arguments, _ context: FunctionContext) {
    self.init(context, libraries: arguments.strings("libraries"), skip: arguments.strings("skip"))
  }

  func processes(includesCurrent: Bool = false) throws(FunctionError) -> [StaleProcess] {
    do { return try scan.processes(includesCurrent: includesCurrent) } catch {
      throw FunctionError(
        .failed, "Not all processes can be looked at: \(error).", hint: "Only root sees what the others map.")
    }
  }

  func plan(includesCurrent: Bool = false) async throws -> StalePlan {
    let found = try processes(includesCurrent: includesCurrent)
    let units = Set(
      found.compactMap { process -> String? in
        if case .unit(let name) = process.owner { name } else { nil }
      })
    return StalePlan(
      found, facts: try await facts(units.sorted()), skip: skip, ticksPerSecond: ProcessTable.ticksPerSecond,
      asleep: Self.asleep())
  }

  private func facts(_ units: [String]) async throws -> [String: UnitFacts] {
    guard !units.isEmpty else { return [:] }
    let properties = UnitFacts.properties.flatMap { ["-p", $0] }
    let result = try await SystemdProvider(context).systemctl(["show"] + properties + ["--"] + units)
    let shown = SystemctlShow.units(result.outputLines)
    // By position: a unit answers with its own name where it was asked for by an alias.
    guard shown.count == units.count else {
      throw FunctionError(
        .failed, "systemctl show told of \(shown.count) units when asked for \(units.count).")
    }
    return Dictionary(zip(units, shown.map { UnitFacts($0) }), uniquingKeysWith: { $1 })
  }

  /// Microseconds by which the clock that goes on in suspension is ahead of the one that does not.
  private static func asleep() -> UInt64 {
    func microseconds(_ clock: clockid_t) -> Int64 {
      var time = timespec()
      guard clock_gettime(clock, &time) == 0 else { return 0 }
      return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
    return UInt64(max(0, microseconds(CLOCK_BOOTTIME) - microseconds(CLOCK_MONOTONIC)))
  }
}
