import ArgumentParser
import CommandLine
import HostSystem
import Store
import Value
import Wire
import ZeroMQ

/// Makes keys for a simulated fleet and has them accepted already: enrolling thousands is not what is measured.
struct PrepareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prepare", abstract: "Writes keys for a simulated fleet and puts them into the master's store.",
    discussion: "To be run before the master starts on the directory.")

  @OptionGroup var directory: BenchDirectory
  @Option(help: "How many minions.") var count: Int

  func validate() throws {
    guard SimulatedFleet.sizes.contains(count) else {
      throw ValidationError("--count is 1 to \(SimulatedFleet.sizes.upperBound)")
    }
  }

  func run() throws {
    let files = HostFiles()
    try files.makeDirectory(directory.state, mode: 0o700)
    try files.makeDirectory(directory.simulation, mode: 0o700)
    let now = Moment.now()
    var secrets: [UInt8] = []
    var operations: [StoreOperation] = []
    for index in 0..<count {
      let keys = CurveKeyPair.generate()
      keys.secretKey.withBytes { secrets += $0 }
      let id = try SimulatedFleet.id(index)
      operations.append(
        .saveMinion(
          StoredMinion(
            publicKey: keys.publicKey.description, id: id, status: .accepted, firstSeen: now, lastSeen: now,
            address: "127.0.0.1", version: brineVersion)))
      let grains = SimulatedFleet.grains(index, id: id)
      operations.append(
        .saveGrains(id, StoredGrains(digest: SimulatedFleet.grainsDigest, grains: grains, received: now)))
    }
    try files.write(directory.keys, secrets, mode: 0o600)
    try SQLiteStore(path: "\(directory.state)/brine.db").commit(operations)
    Terminal.print("minions=\(count)")
  }
}
