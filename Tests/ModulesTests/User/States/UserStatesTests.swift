import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value

@testable import Modules

/// Comments are Salt 3008's.
@Suite struct UserStatesTests {
  private static let oldHash = "$6$old$\(String(repeating: "a", count: 86))"
  private static let newHash = "$6$new$\(String(repeating: "b", count: 86))"
  private static let deploy = "deploy:x:2001:2001:Deploy Bot:/home/deploy:/bin/bash\n"
  private static let group = "root:x:0:\nadm:x:4:deploy\nwww-data:x:33:\ndeploy:x:2001:\n"
  private let host: StateTestHost

  init() throws {
    host = try StateTestHost()
    try host.files.makeDirectory("/home/deploy")
    try host.files.write("/etc/passwd", text: Self.deploy)
    try host.files.write("/etc/group", text: Self.group)
    try host.files.write("/etc/shadow", text: "deploy:\(Self.oldHash):19000:0:99999:7:::\n")
  }

  private var tools: ScriptedCommands {
    ScriptedCommands { [host] command in
      var (path, text): (String, String)
      switch command.arguments.joined(separator: " ") {
      case "usermod -s /bin/sh deploy":
        (path, text) = ("/etc/passwd", Self.deploy.replacing("/bin/bash", with: "/bin/sh"))
      case "usermod -G adm,www-data deploy":
        (path, text) = ("/etc/group", Self.group.replacing("www-data:x:33:", with: "www-data:x:33:deploy"))
      case "chpasswd -e": (path, text) = ("/etc/shadow", "deploy:\(Self.newHash):19001:0:99999:7:::\n")
      case "chage -M 90 deploy": (path, text) = ("/etc/shadow", "deploy:\(Self.oldHash):19000:0:90:7:::\n")
      case "useradd -s /bin/sh -u 3000 -m -G adm -c Web Bot web":
        (path, text) = ("/etc/passwd", Self.deploy + "web:x:3000:3000:Web Bot:/home/web:/bin/sh\n")
        try? host.files.makeDirectory("/home/web")
      case "userdel -r deploy":
        try? host.files.write("/etc/group", text: "root:x:0:\nadm:x:4:\n")
        (path, text) = ("/etc/passwd", "")
      default: return CommandResult(exit: 1, "", error: "not foreseen: \(command.arguments)")
      }
      try? host.files.write(path, text: text)
      return CommandResult(exit: 0)
    }
  }

  private func call(_ function: String, _ named: ValueMap, isTest: Bool = false) async throws -> StateResult {
    try await host.call(UserStates.all, "user.\(function)", named, isTest: isTest, tools)
  }

  @Test func whatIsThereStays() async throws {
    let upToDate = StateResult(true, "User deploy is present and up to date")
    #expect(try await call("present", ["name": "deploy"]) == upToDate)
    #expect(
      try await call(
        "present",
        [
          "name": "deploy", "uid": 2001, "gid": "deploy", "shell": "/bin/bash", "fullname": "Deploy Bot",
          "groups": ["adm"], "password": .string(Self.oldHash), "home": "/home/deploy",
        ]) == upToDate)
  }

  @Test func changesAttributes() async throws {
    let named: ValueMap = ["name": "deploy", "shell": "/bin/sh", "groups": ["www-data", "adm"]]
    let planned = "The following user attributes are set to be changed:\ngroups: ['adm', 'www-data']\nshell: /bin/sh\n"
    #expect(try await call("present", named, isTest: true) == StateResult(nil, planned))
    let state = try await call("present", named)
    #expect(
      state
        == StateResult(
          true, "Updated user deploy",
          changes: ["groups": ["adm", "deploy", "www-data"], "shell": "/bin/sh"]))
    #expect(try await call("present", named).changes.isEmpty)
  }

  @Test func neverShowsAPassword() async throws {
    let named: ValueMap = ["name": "deploy", "password": .string(Self.newHash)]
    let planned = try await call("present", named, isTest: true)
    #expect(planned.comment.hasSuffix("passwd: XXX-REDACTED-XXX\n"))
    let state = try await call("present", named)
    #expect(state.result == true)
    #expect(state.changes == ["lstchg": 19001, "passwd": "XXX-REDACTED-XXX"])
    #expect(
      try await call("present", ["name": "deploy", "password": "$6$x$y", "enforce_password": false]).changes.isEmpty)
  }

  @Test func changesAges() async throws {
    #expect(try await call("present", ["name": "deploy", "maxdays": 90]).changes == ["max": 90])
  }

  @Test func numbersChangeOnlyWhenThatIsAllowed() async throws {
    let state = try await call("present", ["name": "deploy", "uid": 5, "gid": 4])
    #expect(state.result == false)
    #expect(
      state.comment == """
        Encountered error checking for needed changes. Additional info follows:

        - Changing uid (2001 -> 5) not permitted, set allow_uid_change to True to force this change. Note that this will not change file ownership.
        - Changing gid (2001 -> 4) not permitted, set allow_gid_change to True to force this change. Note that this will not change file ownership.
        """)
  }

  @Test(
    arguments: [
      (["name": "deploy", "groups": ["nope"]], "The following group(s) are not present: nope"),
      (["name": "deploy", "fullname": "a,b"], "Unsupported char ',' in a,b"),
    ] as [(ValueMap, String)])
  func refuses(_ named: ValueMap, _ comment: String) async throws {
    #expect(try await call("present", named) == StateResult(false, comment))
  }

  @Test func makesAnAccount() async throws {
    let named: ValueMap = [
      "name": "web", "uid": 3000, "shell": "/bin/sh", "groups": ["adm"], "fullname": "Web Bot",
      "optional_groups": ["nope"],
    ]
    #expect(try await call("present", named, isTest: true) == StateResult(nil, "User web set to be added"))
    #expect(
      try await call("present", ["name": "web", "groups": ["nope"]], isTest: true)
        == StateResult(nil, "User web set to be added (pending groups: nope)"))
    let state = try await call("present", named)
    #expect(state.comment == "New user web created")
    #expect(state.result == true)
    #expect(state.changes["uid"] == 3000)
    #expect(state.changes["fullname"] == "Web Bot")
  }

  @Test func removesAnAccount() async throws {
    let named: ValueMap = ["name": "deploy", "purge": true]
    #expect(try await call("absent", named, isTest: true) == StateResult(nil, "User deploy set for removal"))
    #expect(
      try await call("absent", named)
        == StateResult(true, "Removed user deploy", changes: ["deploy group": "removed", "deploy": "removed"]))
    #expect(try await call("absent", named) == StateResult(true, "User deploy is not present"))
  }
}
