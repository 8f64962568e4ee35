import Configuration
import HostSystem
import HostSystemTesting
import Master
import OrderedCollections
import Testing
import Value

@Suite struct MasterConfigurationTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func read(_ text: String) throws -> MasterConfiguration {
    try HostFiles().write(directory.path("master.yaml"), text: text)
    return try MasterConfiguration(directory: directory.path)
  }

  private func message(_ text: String) throws -> String {
    do { _ = try read(text) } catch { return "\(error)".replacing(directory.path, with: "DIR") }
    return "read without an error"
  }

  @Test func namesThatNobodyHasAreTold() throws {
    let configuration = try read("seal_to: [anna, bne, carl]")
    #expect(
      configuration.sealProblems(operators: ["anna", "ben"]) == [
        "seal_to names 'bne', who is no operator: no secret is sealed to that name; did you mean 'ben'?",
        "seal_to names 'carl', who is no operator: no secret is sealed to that name",
      ])
  }

  @Test func withoutAFileAllIsDefault() throws {
    let configuration = try MasterConfiguration(directory: directory.path)
    #expect(configuration.interface == "0.0.0.0")
    #expect(configuration.fleetPort == 4510)
    #expect(configuration.enrolPort == 4511)
    #expect(configuration.operatorPort == 0)
    #expect(configuration.stateDirectory == directory.path("state"))
    #expect(configuration.runDirectory == directory.path("run"))
    #expect(configuration.heartbeat == 30)
    #expect(configuration.keepJobs == 30 * 86_400)
    #expect(configuration.roles.isEmpty)
  }

  @Test func everySettingIsRead() throws {
    let configuration = try read(
      """
      interface: 127.0.0.1
      fleet_port: 1
      enrol_port: 2
      operator_port: 3
      state_dir: /s
      run_dir: /r
      heartbeat: 5
      keep_jobs: 12h
      seal_to: [anna, ben]
      nodegroups: {web: 'web*'}
      log_level: debug
      log_format: json
      roles:
        deploy:
          targets: 'web* and G@os:Debian'
          functions: [pkg.*, test.ping]
          keys: true
          operators: true
          all_jobs: true
      """)
    #expect(configuration.interface == "127.0.0.1")
    #expect([configuration.fleetPort, configuration.enrolPort, configuration.operatorPort] == [1, 2, 3])
    #expect([configuration.stateDirectory, configuration.runDirectory] == ["/s", "/r"])
    #expect(configuration.heartbeat == 5)
    #expect(configuration.keepJobs == 43_200)
    #expect(configuration.sealTo == ["anna", "ben"])
    #expect(configuration.nodegroups == ["web": "web*"])
    #expect([configuration.logLevel, configuration.logFormat] == ["debug", "json"])
    #expect(
      configuration.roles == [
        Role(
          name: "deploy", targets: ["web* and G@os:Debian"], functions: ["pkg.*", "test.ping"], mayManageKeys: true,
          mayManageOperators: true, seesAllJobs: true)
      ])
  }

  @Test func aRoleGrantsNothingThatItDoesNotName() throws {
    #expect(try read("roles: {weak: {}}").roles == [Role(name: "weak", targets: [], functions: [])])
  }

  @Test(arguments: [
    ("heartbeat: 5\nheart_beat: 6\n", "DIR/master.yaml:2: there is no setting 'heart_beat'; did you mean 'heartbeat'?"),
    ("fleet_port: 70000\n", "DIR/master.yaml:1: 'fleet_port' is 70000; it may be 0 to 65535"),
    (
      "keep_jobs: 59m\n",
      "DIR/master.yaml:1: 'keep_jobs' is '59m'; it takes a span of time from 1h on, as 12h or 30d"
    ),
    (
      "keep_jobs: soon\n",
      "DIR/master.yaml:1: 'keep_jobs' is 'soon'; it takes a span of time from 1h on, as 12h or 30d"
    ),
    ("log_format: xml\n", "DIR/master.yaml:1: 'log_format' is 'xml'; it is one of text, json"),
    ("roles: {admin: {}}\n", "DIR/master.yaml:1: role 'admin': it is built in and cannot be changed"),
    ("roles: {a: 1}\n", "DIR/master.yaml:1: role 'a': it is no mapping of targets and functions"),
    (
      "roles: {a: {target: x}}\n",
      "DIR/master.yaml:1: role 'a': there is no setting 'target'; there are targets, functions, keys, operators, pillar, all_jobs"
    ),
    ("roles: {a: {keys: 1}}\n", "DIR/master.yaml:1: role 'a': 'keys' is true or false"),
  ])
  func mistakesAreToldWithTheirPlace(_ text: String, _ expected: String) throws {
    #expect(try message(text) == expected)
  }

  @Test func aRoleWhoseTargetCannotBeReadIsRefused() throws {
    #expect(
      try message("roles: {a: {targets: ['web* and (']}}").hasPrefix(
        "DIR/master.yaml:1: role 'a': its target cannot be read:\n"))
    // A nodegroup that does not exist is told now, not to the operator who meets it first.
    #expect(
      try read("roles: {a: {targets: ['N@web']}}\nnodegroups: {web: 'web*'}").roles.map(\.targets) == [["N@web"]])
    #expect(
      try message("nodegroups: {web: 'web*'}\nroles: {a: {targets: ['N@wbe']}}").contains(
        "role 'a': its target cannot be read:\nThere is no nodegroup 'wbe'"))
    #expect(
      try message("# one\nnodegroups: {all: 'N@web or N@db', web: 'web*'}").hasPrefix(
        "DIR/master.yaml:2: nodegroup 'all': There is no nodegroup 'db'"))
  }
}
