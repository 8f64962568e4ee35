import Configuration
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value

@Suite struct ConfigurationFileTests {
  private let directory: TemporaryDirectory
  private let files = HostFiles()

  init() throws { directory = try TemporaryDirectory() }

  private func write(_ text: String, dropIns: [String: String] = [:]) throws {
    try files.write(directory.path("x.yaml"), text: text)
    try files.makeDirectory(directory.path("x.d"))
    for (name, text) in dropIns { try files.write(directory.path("x.d/\(name)"), text: text) }
  }

  private func open() throws -> ConfigurationFile { try ConfigurationFile(directory: directory.path, name: "x") }

  /// What reading says, with the directory left out.
  private func message(_ body: (inout ConfigurationFile) throws -> Void) -> String {
    do {
      var file = try open()
      try body(&file)
      try file.finish()
    } catch { return "\(error)".replacing(directory.path + "/", with: "") }
    return "no error"
  }

  @Test func aFaultOfTheTextNamesItsPlaceOnce() throws {
    try write("a: 1\nb: [1\n")
    let text = message { _ in }
    #expect(text.hasPrefix("x.yaml:") && text.split(separator: "x.yaml").count == 1)
    #expect(text.prefix { $0 != " " }.split(separator: ":").count == 3)
  }

  @Test func aMissingOrEmptyFileIsAllDefaults() throws {
    var file = try open()
    #expect(try file.int("port", default: 5, in: 1...9) == 5)
    #expect(try file.string("name", default: "n") == "n")
    #expect(try file.bool("flag", default: true))
    #expect(try file.strings("list", default: ["a"]) == ["a"])
    #expect(try file.map("map").isEmpty)
    try file.finish()
    for text in ["", "# nothing\n", "---\n", "---\n...\n", "null\n"] {
      try write(text)
      #expect(message { _ in } == "no error", "\(text)")
    }
  }

  @Test func valuesHaveTheirTypes() throws {
    try write("port: 7\nname: web\nnumber: 12\nflag: no\nlist: [a, 1]\none: a\nmap: {a: {b: 1}}\nempty:\n")
    var file = try open()
    #expect(try file.int("port", default: 5, in: 1...9) == 7)
    #expect(try file.string("name", default: "n") == "web")
    #expect(try file.string("number", default: "n") == "12")
    #expect(try !file.bool("flag", default: true))
    #expect(try file.strings("list") == ["a", "1"])
    #expect(try file.strings("one") == ["a"])
    #expect(try file.map("map") == ["a": ["b": 1]])
    #expect(try file.string("empty", default: "n") == "n")
    try file.finish()
  }

  @Test func dropInsReplaceKeyByKeyInTheOrderOfTheirNames() throws {
    try write(
      "a: main\nb: main\nc: main\nm: {x: 1}\n",
      dropIns: [
        "20-late.yaml": "c: late\n", "10-early.yaml": "b: early\nc: early\nm: {y: 2}\n", "30.conf": "d: conf\n",
        "40.yaml.bak": "a: backup\n", "README": "not: yaml: at all\n", "50-empty.yaml": "",
      ])
    var file = try open()
    let values = try ["a", "b", "c", "d"].map { try file.string($0, default: "-") }
    #expect(values == ["main", "early", "late", "conf"])
    #expect(try file.map("m") == ["y": 2], "a key is replaced as a whole")
    #expect(file.place(of: "c").file == directory.path("x.d/20-late.yaml"))
    #expect(file.place(of: "b").line == 1)
    #expect(file.place(of: "nothing").line == 0)
    try file.finish()
  }

  @Test func unknownKeysAreToldWithLineAndNearest() throws {
    try write("# a comment\nport: 1\nprt: 2\n")
    #expect(
      message { _ = try $0.int("port", default: 5, in: 1...9) }
        == "x.yaml:3: there is no setting 'prt'; did you mean 'port'?")
    try write("port: 1\nsomething_else: 2\n")
    #expect(
      message { _ = try $0.int("port", default: 5, in: 1...9) } == "x.yaml:2: there is no setting 'something_else'")
    try write("port: 1\n", dropIns: ["1.yaml": "\n\nprt: 1\n"])
    #expect(
      message { _ = try $0.int("port", default: 5, in: 1...9) }
        == "x.d/1.yaml:3: there is no setting 'prt'; did you mean 'port'?")
  }

  /// The line is that of the key, also when its value begins below.
  @Test func theLineIsTheKeys() throws {
    try write("one: 1\nrols:\n  deploy:\n    a: 1\n")
    #expect(
      message { file in
        _ = try file.int("one", default: 5, in: 1...9)
        _ = try file.map("roles")
      } == "x.yaml:2: there is no setting 'rols'; did you mean 'roles'?")
    try write("one: 1\nname:\n  - a\n")
    #expect(message { _ = try $0.string("name", default: "") } == "x.yaml:2: 'name' is a list; it takes text")
    var file = try open()
    _ = try file.strings("name")
    #expect(file.place(of: "name").line == 2)
  }

  @Test(arguments: [
    ("a: x\n", "x.yaml:1: 'a' is a string; it takes an integer"),
    ("a: 1.5\n", "x.yaml:1: 'a' is a number; it takes an integer"),
    ("a:\n", "x.yaml:1: 'a' is null; it takes an integer"),
    ("a: [1]\n", "x.yaml:1: 'a' is a list; it takes an integer"),
    ("a: 0\n", "x.yaml:1: 'a' is 0; it may be 1 to 9"), ("a: 10\n", "x.yaml:1: 'a' is 10; it may be 1 to 9"),
    ("a: -9223372036854775808\n", "x.yaml:1: 'a' is -9223372036854775808; it may be 1 to 9"),
    ("a: 1\n", "no error"), ("a: 9\n", "no error"),
  ])
  func integersHaveARange(_ text: String, _ expected: String) throws {
    try write(text)
    #expect(message { _ = try $0.int("a", default: 5, in: 1...9) } == expected)
  }

  @Test func otherTypesAreRefused() throws {
    try write("a: 1\nb: {c: 1}\nd: [1]\n")
    #expect(message { _ = try $0.bool("a", default: false) } == "x.yaml:1: 'a' is an integer; it takes true or false")
    #expect(message { _ = try $0.map("a") } == "x.yaml:1: 'a' is an integer; it takes a mapping")
    #expect(message { _ = try $0.strings("b") } == "x.yaml:2: 'b' is a map; it takes a list")
    #expect(message { _ = try $0.string("d", default: "") } == "x.yaml:3: 'd' is a list; it takes text")
    #expect(
      message { _ = try $0.choice("a", default: "x", of: ["x", "y"]) } == "x.yaml:1: 'a' is '1'; it is one of x, y")
  }

  @Test(arguments: ["- a\n- b\n", "text\n", "5\n"])
  func aFileThatIsNoMappingIsRefused(_ text: String) throws {
    try write(text)
    #expect(message { _ in } == "x.yaml:1: the file is not a mapping of keys to values")
  }

  @Test func brokenYAMLIsToldWithItsPlace() throws {
    try write("a: 1\nb: [1, 2\nc: 3\n")
    let text = message { _ in }
    #expect(text.hasPrefix("x.yaml:"), "\(text)")
    #expect(text.contains("^"), "\(text)")
    try write("a: 1\nb: 2\na: 3\n")
    #expect(message { _ in }.hasPrefix("x.yaml:3"), "a key that stands there twice")
  }

  @Test func aFileThatCannotBeReadIsAnError() throws {
    try files.makeDirectory(directory.path("x.yaml"))
    #expect(message { _ in }.hasPrefix("x.yaml: cannot read"))
  }
}
