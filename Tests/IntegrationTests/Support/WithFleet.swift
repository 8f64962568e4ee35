import Glibc

/// Runs a test with a fleet of its own: a master and minions web1 … webN, all gone at its end however it ends.
func withFleet(
  minions: Int = 1, _ options: Fleet.Options = Fleet.Options(), startsMaster: Bool = true,
  _ body: (Fleet) async throws -> Void
) async throws {
  await FleetSlots.shared.take()
  do {
    let fleet = try Fleet(options)
    do {
      if startsMaster { try await fleet.startMaster() }
      if minions > 0 { try await fleet.addMinions((1...minions).map { "web\($0)" }) }
      try await body(fleet)
    } catch {
      var words = "\(error)\n--- master.log\n\(fleet.log(fleet.masterLog))"
      for number in stride(from: 1, through: minions, by: 1) {
        words += "\n--- web\(number).log\n\(fleet.log(fleet.minionLog("web\(number)")))"
      }
      await fleet.stop()
      throw TestFailure(words)
    }
    await fleet.stop()
  } catch {
    await FleetSlots.shared.giveBack()
    throw error
  }
  await FleetSlots.shared.giveBack()
}
