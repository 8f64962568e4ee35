import ArgumentParser
import Value
import Wire

struct OnlineCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "online", abstract: "Waits until the master answers and knows so many minions to be there.")

  @OptionGroup var directory: BenchDirectory
  @Option(help: "How many; 0 waits for the master alone.") var count: Int
  @Option(help: "Seconds to wait.") var timeout = 120

  func validate() throws {
    guard (1...600).contains(timeout) else { throw ValidationError("--timeout is 1 to 600") }
  }

  func run() async throws {
    // At its first start the master makes the key that is needed to ask.
    let end = ContinuousClock.now + .seconds(timeout)
    var identity = try? directory.operatorIdentity()
    while identity == nil, ContinuousClock.now < end {
      try await Task.sleep(for: .milliseconds(20))
      identity = try? directory.operatorIdentity()
    }
    let client = PatientClient(identity: try identity ?? directory.operatorIdentity(), seconds: timeout)
    var online: Int64 = 0
    while !client.isOver {
      online = try await client.value(.status)["online"]?.intValue ?? 0
      if online >= Int64(count) { return }
      try await Task.sleep(for: .milliseconds(20))
    }
    throw ValidationError("\(online) of \(count) minions are online after \(timeout) s")
  }
}
