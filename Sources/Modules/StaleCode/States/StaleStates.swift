public import Functions
import Value

/// States `stale.*`.
public enum StaleStates {
  public static let all: [StateFunction] = [restarted]

  static let restarted = StateFunction(
    "stale.restarted", "Has no unit run code of libraries or programs that were replaced since it started.",
    details: """
      Restarts exactly the units of which a process maps a deleted or replaced file, and has systemd execute itself \
      anew when it is one of them. Never restarted: the bus, logind, logins, networks, display managers, containers \
      and virtual machines, the minion, and what `skip` names; they are told in the comment, as are sessions. Changes \
      are `{unit: restarted}`. With a watched package, test mode tells which units run its code now.
      """,
    parameters: [
      .required("name", .string, "What this is about; shown only."), StaleFunctions.libraries, StaleFunctions.skip,
    ],
    watch: { arguments, context in
      guard context.isTest else { return try await run(arguments, context) }
      // What the package's upgrade will make stale is what maps its files today.
      let plan = try await StaleUnits(arguments, context.functions).plan(includesCurrent: true)
      return predicted(plan)
    }
  ) { arguments, context in try await run(arguments, context) }

  private static func run(_ arguments: Arguments, _ context: StateContext) async throws -> StateResult {
    let units = StaleUnits(arguments, context.functions)
    let plan: StalePlan
    do { plan = try await units.plan() } catch { return StateResult(false, ServiceStates.reason(error)) }
    guard !plan.restart.isEmpty || plan.needsReexecution else {
      return StateResult(true, told("No unit runs replaced code", plan))
    }
    if context.isTest { return predicted(plan) }
    return try await restart(plan, units, context)
  }

  private static func predicted(_ plan: StalePlan) -> StateResult {
    guard !plan.restart.isEmpty || plan.needsReexecution else {
      return StateResult(true, told("No unit runs this code", plan))
    }
    return StateResult(
      nil, told("Units are set to be restarted", plan), changes: changes(plan.restart, plan.needsReexecution))
  }

  private static func restart(_ plan: StalePlan, _ units: StaleUnits, _ context: StateContext) async throws
    -> StateResult
  {
    let provider = SystemdProvider(context.functions)
    var (done, faults): ([String], [String]) = ([], [])
    if plan.needsReexecution {
      do { _ = try await provider.systemctl(["daemon-reexec"]) } catch { faults.append(ServiceStates.reason(error)) }
    }
    for unit in plan.restart {
      context.functions.progress("restarting \(unit)")
      do {
        try await provider.perform(.restart, unit, options: ServiceOptions())
        done.append(unit)
      } catch { faults.append(ServiceStates.reason(error)) }
    }
    let after = try await units.plan()
    let still = after.restart.filter(done.contains)
    if !still.isEmpty {
      faults.append("Still run replaced code after their restart: \(still.joined(separator: ", ")).")
    }
    let isManagerDone = plan.needsReexecution && !after.needsReexecution
    if plan.needsReexecution, after.needsReexecution { faults.append("systemd still runs replaced code.") }
    let changed = changes(done, isManagerDone)
    guard faults.isEmpty else { return StateResult(false, faults.joined(separator: "\n"), changes: changed) }
    return StateResult(true, told("Units were restarted", after), changes: changed)
  }

  private static func changes(_ units: [String], _ isManager: Bool) -> ValueMap {
    var changes: ValueMap = [:]
    if isManager { changes["systemd"] = "executed anew" }
    for unit in units { changes[.string(unit)] = "restarted" }
    return changes
  }

  private static func told(_ head: String, _ plan: StalePlan) -> String {
    ([head] + plan.remainder).joined(separator: "\n")
  }
}
