import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value

@testable import Modules

/// Comments are Salt 3008's.
@Suite struct GroupStatesTests {
  private let host: StateTestHost

  init() throws {
    host = try StateTestHost()
    try host.files.write("/etc/group", text: "root:x:0:\nadm:x:4:syslog,deploy\n")
  }

  /// The shadow suite, as far as these tests want it.
  private var tools: ScriptedCommands {
    ScriptedCommands { [host] command in
      let line = command.arguments.joined(separator: " ")
      let edits = [
        "groupadd -g 2001 web": "root:x:0:\nadm:x:4:syslog,deploy\nweb:x:2001:\n",
        "gpasswd --members a,b web": "root:x:0:\nadm:x:4:syslog,deploy\nweb:x:2001:a,b\n",
        "gpasswd --add alice adm": "root:x:0:\nadm:x:4:syslog,deploy,alice\n",
        "gpasswd --del syslog adm": "root:x:0:\nadm:x:4:deploy,alice\n",
        "groupmod -g 44 adm": "root:x:0:\nadm:x:44:syslog,deploy\n",
        "groupdel adm": "root:x:0:\n", "groupadd -g 9 broken": "root:x:0:\n",
      ]
      guard let text = edits[line] else { return CommandResult(exit: 1, "", error: "not foreseen: \(line)") }
      try? host.files.write("/etc/group", text: text)
      return CommandResult(exit: 0)
    }
  }

  private func call(_ function: String, _ named: ValueMap, isTest: Bool = false) async throws -> StateResult {
    try await host.call(GroupStates.all, "group.\(function)", named, isTest: isTest, tools)
  }

  @Test func makesAGroupOnce() async throws {
    let named: ValueMap = ["name": "web", "gid": 2001, "members": ["a", "b"]]
    #expect(try await call("present", named, isTest: true) == StateResult(nil, "Group web set to be added"))
    #expect(
      try await call("present", named)
        == StateResult(
          true, "New group web created",
          changes: ["name": "web", "passwd": "x", "gid": 2001, "members": ["a", "b"]]))
    #expect(try await call("present", named) == StateResult(true, "Group web is present and up to date"))
  }

  @Test func oneMissingUserKeepsNoOtherOut() async throws {
    let named: ValueMap = ["name": "adm", "addusers": ["nobody-there", "alice"]]
    let result = try await call("present", named)
    #expect(result.result == false)
    #expect(result.changes == ["Failed": ["addusers": ["nobody-there"]]])
    #expect(
      result.comment.hasPrefix(
        "The following group attributes are set to be changed:\naddusers: ['nobody-there', 'alice']\n"
          + "Some changes could not be applied\n"))
  }

  @Test func changesAGroup() async throws {
    let named: ValueMap = ["name": "adm", "addusers": ["alice", "deploy"], "delusers": "syslog"]
    let comment = """
      The following group attributes are set to be changed:
      addusers: ['alice']
      delusers: ['syslog']

      """
    #expect(try await call("present", named, isTest: true) == StateResult(nil, comment))
    #expect(
      try await call("present", named)
        == StateResult(true, comment, changes: ["Final": "All changes applied successfully"]))
    #expect(try await call("present", named).changes.isEmpty)
  }

  @Test func changesANumber() async throws {
    #expect(try await call("present", ["name": "adm", "gid": "44"]).result == true)
    #expect(try await call("present", ["name": "adm", "gid": 44]).changes.isEmpty)
  }

  @Test(
    arguments: [
      (
        ["name": "adm", "members": ["a"], "addusers": ["b"]], nil,
        "Error: Conflicting options \"members\" with \"addusers\" and/or \"delusers\" can not be used together. "
      ),
      (
        ["name": "adm", "addusers": ["a"], "delusers": ["a"]], nil,
        "Error. Same user(s) can not be added and deleted simultaneously"
      ),
      (["name": "new", "gid": 4], false, "Group new is not present but gid 4 is already taken by group adm"),
      (["name": "adm", "gid": "four"], false, "Invalid gid"),
      (["name": "broken", "gid": 9], false, "Failed to create new group broken"),
    ] as [(ValueMap, Bool?, String)])
  func refuses(_ named: ValueMap, _ result: Bool?, _ comment: String) async throws {
    let state = try await call("present", named)
    #expect(state == StateResult(result, comment))
  }

  @Test func removesAGroup() async throws {
    #expect(try await call("absent", ["name": "adm"], isTest: true) == StateResult(nil, "Group adm is set for removal"))
    #expect(
      try await call("absent", ["name": "adm"]) == StateResult(true, "Removed group adm", changes: ["adm": ""]))
    #expect(try await call("absent", ["name": "adm"]) == StateResult(true, "Group not present"))
  }
}
