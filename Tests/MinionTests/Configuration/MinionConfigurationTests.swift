import Configuration
import HostSystem
import HostSystemTesting
import Minion
import Testing
import Value
import Wire

@Suite struct MinionConfigurationTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func read(_ text: String) throws -> MinionConfiguration {
    try HostFiles().write(directory.path("minion.yaml"), text: text)
    return try MinionConfiguration(directory: directory.path)
  }

  @Test func withoutAFileAllIsDefault() throws {
    let configuration = try MinionConfiguration(directory: directory.path)
    #expect(configuration.master == "")
    #expect(configuration.fleetPort == 4510)
    #expect(configuration.maximumWorkers == 8)
    #expect(configuration.maximumResult == 8 << 20)
    #expect(MinionID(configuration.id) != nil)
    #expect(configuration.stateDirectory == directory.path("state"))
    #expect(configuration.functionDirectories == [directory.path("functions.d")])
  }

  @Test func whatJoinWritesIsRead() throws {
    let configuration = try read("id: \"web1\"\nmaster: \"::1\"\nmaster_key: \"abc\"\nfleet_port: 9\nenrol_port: 10\n")
    #expect(configuration.id == "web1")
    #expect(configuration.master == "::1")
    #expect(configuration.masterKey == "abc")
    #expect([configuration.fleetPort, configuration.enrolPort] == [9, 10])
    #expect(configuration.options["id"] == "web1")
    #expect(configuration.options["rotation_dir"] == .string(directory.path("state/rotations")))
  }

  @Test(arguments: [
    ("id: ../etc\n", "minion.yaml:1: the id '../etc' may not be: \(MinionID.rule)"),
    ("# one\nid: ''\n", "minion.yaml:2: the id '' may not be: \(MinionID.rule)"),
    ("max_workers: 0\n", "minion.yaml:1: 'max_workers' is 0; it may be 1 to 1000"),
    ("max_result_mb: 16\n", "minion.yaml:1: 'max_result_mb' is 16; it may be 1 to 15"),
    ("max_worker: 3\n", "minion.yaml:1: there is no setting 'max_worker'; did you mean 'max_workers'?"),
  ])
  func mistakesAreToldWithTheirPlace(_ text: String, _ expected: String) {
    let error = #expect(throws: ConfigurationError.self) { try read(text) }
    #expect(error?.description == directory.path(expected))
  }

  /// A result of the largest size that may be set still fits into a message.
  @Test func theLargestResultFitsAMessage() throws {
    let maximum = try read("max_result_mb: 15\n").maximumResult
    #expect(maximum + 200_000 < MinionMessage.maximumSize)
  }
}
