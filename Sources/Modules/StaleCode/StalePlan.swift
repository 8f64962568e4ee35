import Value

/// What is to be done about processes with stale code: which units a restart helps, and what is left and why.
struct StalePlan: Sendable, Equatable {
  /// Units to restart, sorted.
  var restart: [String] = []
  /// systemd itself runs stale code; it can execute itself anew without stopping anything.
  var needsReexecution = false
  /// Units that are never restarted unasked.
  var protected: [String] = []
  /// Processes that a restart of their unit would not end: those that outlived an earlier one (an SSH session).
  var leftovers: [StaleProcess] = []
  var sessions: [StaleProcess] = []
  var containers: [StaleProcess] = []
  var others: [StaleProcess] = []

  /// - Parameters:
  ///   - facts: by unit; one that is missing is not restarted.
  ///   - skip: globs of further units that are left alone.
  ///   - ticksPerSecond: of the kernel's clock that processes' starts are told in.
  ///   - asleep: microseconds that this machine was suspended, which that clock counts and systemd's does not.
  init(
    _ processes: [StaleProcess], facts: [String: UnitFacts], skip: [String] = [], ticksPerSecond: Double,
    asleep: UInt64 = 0
  ) {
    var (wanted, kept): (Set<String>, Set<String>) = ([], [])
    for process in processes {
      switch process.owner {
      case .manager: needsReexecution = true
      case .session: sessions.append(process)
      case .container: containers.append(process)
      case .unknown: others.append(process)
      case .unit(let unit):
        guard let fact = facts[unit], !fact.refusesStop, fact.type != "oneshot",
          !ProtectedUnits.contains(unit, also: skip)
        else {
          kept.insert(unit)
          continue
        }
        // systemd looks at the clock after it has started the process: a little later is still the same start.
        let started = Double(process.startTicks + 1) / ticksPerSecond * 1_000_000 + 1_000_000
        if process.id != fact.mainProcess, started < Double(fact.started) + Double(asleep) {
          leftovers.append(process)
        } else {
          wanted.insert(unit)
        }
      }
    }
    restart = wanted.sorted()
    protected = kept.sorted()
  }

  var isClean: Bool {
    restart.isEmpty && !needsReexecution && protected.isEmpty && leftovers.isEmpty && sessions.isEmpty
      && containers.isEmpty && others.isEmpty
  }

  var value: Value {
    [
      "restart": .strings(restart), "systemd": .bool(needsReexecution), "protected": .strings(protected),
      "leftovers": .list(leftovers.map(\.value)), "sessions": .list(sessions.map(\.value)),
      "containers": .list(containers.map(\.value)), "others": .list(others.map(\.value)),
    ]
  }

  /// What a restart of units does not cure, as sentences; empty when there is nothing of that.
  var remainder: [String] {
    func told(_ processes: [StaleProcess], _ text: String) -> String? {
      guard !processes.isEmpty else { return nil }
      let shown = processes.prefix(10).map(\.text).joined(separator: ", ")
      return "\(text): \(shown)\(processes.count > 10 ? " and \(processes.count - 10) more" : "")."
    }
    return [
      protected.isEmpty
        ? nil
        : "Never restarted without being asked: \(protected.joined(separator: ", ")); restart them by hand, or reboot.",
      told(leftovers, "Outlived the restart of their service (sessions, as a rule)"),
      told(sessions, "In sessions of users, who must log in again"),
      told(containers, "In containers, which are patched on their own"),
      told(others, "Started by no unit; end or restart them by hand"),
    ].compactMap(\.self)
  }
}
