import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value

@testable import Modules

/// Comments are Salt 3008's.
@Suite struct DebconfStatesTests {
  private static let data: ValueMap = [
    "mail/type": ["type": "select", "value": "Internet Site"], "mail/sure": ["type": "boolean", "value": true],
  ]

  private func set(
    _ database: DebconfTestDatabase, _ data: ValueMap, isTest: Bool = false, name: String = "mail"
  ) async throws -> StateResult {
    try await StateTestHost().call(
      DebconfStates.all, "debconf.set", ["name": .string(name), "data": .map(data)], isTest: isTest, database.commands)
  }

  @Test func answersOnce() async throws {
    let database = DebconfTestDatabase()
    #expect(
      try await set(database, Self.data, isTest: true)
        == StateResult(
          nil, "", changes: ["mail/type": "New value: Internet Site", "mail/sure": "New value: true"]))
    #expect(database.given.isEmpty)
    #expect(
      try await set(database, Self.data)
        == StateResult(true, "", changes: ["mail/type": "Internet Site", "mail/sure": "true"]))
    #expect(database.given == ["mail mail/type select Internet Site", "mail mail/sure boolean true"])
    #expect(try await set(database, Self.data) == StateResult(true, "All specified answers are already set"))
    var other = Self.data
    other["mail/sure"] = ["type": "boolean", "value": "no"]
    #expect(
      try await set(database, other)
        == StateResult(true, "Unchanged answers: mail/type ", changes: ["mail/sure": "false"]))
  }

  @Test func choicesMayBeAList() async throws {
    let database = DebconfTestDatabase()
    _ = try await set(database, ["mail/nets": ["type": "multiselect", "value": ["a", "b"]]])
    #expect(database.given == ["mail mail/nets multiselect a, b"])
  }

  @Test func neverTellsAPassword() async throws {
    let database = DebconfTestDatabase()
    let data: ValueMap = ["mail/password": ["type": "password", "value": "s3cret"]]
    for isTest in [true, false] {
      let result = try await set(database, data, isTest: isTest)
      #expect(result.changes == ["mail/password": isTest ? "New value: <redacted>" : "<redacted>"])
    }
    #expect(database.given == ["mail mail/password password s3cret"])
    #expect(try await set(database, data).changes == [:])
    let context = FunctionContext(commands: database.commands, files: HostFiles())
    for function in ["debconf.show", "debconf.get_selections"] {
      let words: [Value] = function == "debconf.show" ? ["mail"] : []
      let shown = try await FunctionRegistry(DebconfFunctions.all).call(function, CallArguments(words), context)
      #expect("\(shown)".contains("<redacted>"))
      #expect(!"\(shown)".contains("s3cret"))
    }
  }

  @Test func saysWhatDebconfDidNotTake() async throws {
    let result = try await set(DebconfTestDatabase(isTaking: false), ["mail/n": ["type": "string", "value": 5]])
    #expect(
      result
        == StateResult(false, "Some settings failed to be applied.", changes: ["mail/n": "Failed to set!"]))
  }

  @Test(
    arguments: [
      ("mail", ["mail/n": ["type": "bogus", "value": 1]], "'bogus' is no type of a question"),
      ("mail", ["mail/n": ["value": 1]], "needs 'type' and 'value'"),
      ("mail", ["mail/n": 5], "needs 'type' and 'value'"),
      ("mail", ["mail/n": ["type": "string", "value": "a\nssh ssh/evil boolean true"]], "cannot be given to debconf"),
      ("mail", ["mail/n": ["type": "string", "value": "a\\"]], "cannot be given to debconf"),
      ("mail", ["mail/n x": ["type": "string", "value": "a"]], "is no question of debconf"),
      ("mail", ["mailn": ["type": "string", "value": "a"]], "is no question of debconf"),
      ("#mail", ["mail/n": ["type": "string", "value": "a"]], "is no package"),
      ("-h", ["mail/n": ["type": "string", "value": "a"]], "is no package"),
      ("a b", ["mail/n": ["type": "string", "value": "a"]], "is no package"),
    ] as [(String, ValueMap, String)])
  func refuses(_ name: String, _ data: ValueMap, _ comment: String) async throws {
    let database = DebconfTestDatabase()
    let result = try await set(database, data, name: name)
    #expect(result.result == false)
    #expect(result.comment.contains(comment), "\(result.comment)")
    #expect(database.given.isEmpty)
  }

  @Test func givesAFile() async throws {
    let host = try StateTestHost()
    try host.files.write("/srv/salt/sel", text: "# c\n\nmail mail/type select {{ type }}\n")
    let database = DebconfTestDatabase()
    let named: ValueMap = [
      "name": "x", "source": "salt://sel", "template": "jinja", "context": ["type": "Local only"],
    ]
    func call(isTest: Bool = false) async throws -> StateResult {
      try await host.call(DebconfStates.all, "debconf.set_file", named, isTest: isTest, database.commands)
    }
    #expect(try await call(isTest: true) == StateResult(nil, "Debconf selections would have been set."))
    #expect(try await call() == StateResult(true, "Debconf selections were set."))
    #expect(database.given.contains("mail mail/type select Local only"))
    #expect(try await call() == StateResult(true, "All specified answers are already set"))
    #expect(try await call(isTest: true).result == true)
    let missing = try await host.call(
      DebconfStates.all, "debconf.set_file", ["source": "/nosuch"], database.commands)
    #expect(missing.result == false)
    #expect(missing.comment.hasPrefix("Unable to set debconf selections from file."))
    let bad = try await host.call(
      DebconfStates.all, "debconf.set_file", ["source": "salt://sel", "context": "x"], database.commands)
    #expect(bad == StateResult(false, "Context must be formed as a dict"))
  }

  @Test func waitsForItsLock() async throws {
    let commands = ScriptedCommands { _ in
      CommandResult(
        exit: 1, "",
        error:
          "debconf: DbDriver \"config\": /var/cache/debconf/config.dat is locked by another process: Resource busy\n")
    }
    var database = try DebconfDatabase(FunctionContext(commands: commands, files: HostFiles()))
    database.retry.clock = PackageTestClock()
    database.lockTimeout = .seconds(10)
    let error = await #expect(throws: FunctionError.self) {
      try await database.set([try DebconfAnswer("a", "a/b", type: "string", value: "c")])
    }
    #expect(error?.code == .busy)
    #expect(commands.runs.count > 1)
  }

  @Test func readsEscapedAnswers() async throws {
    let database = DebconfTestDatabase()
    database.put("a", "a/b", "string", "one\\ntwo \\\\ three")
    let current = try await DebconfDatabase(FunctionContext(commands: database.commands, files: HostFiles()))
      .current("a", ["a/b"])
    #expect(current["a/b"]?.value.isEqual(to: Secret("one\ntwo \\ three")) == true)
  }
}
