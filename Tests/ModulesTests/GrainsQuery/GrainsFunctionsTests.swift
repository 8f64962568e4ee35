import Functions
import HostSystem
import HostSystemTesting
import Modules
import Testing
import Value

@Suite struct GrainsFunctionsTests {
  private static let grains: ValueMap = [
    "os": "Debian", "os_family": "Debian", "id": "web1", "serialnumber": "ABCDEFGH",
    "systemd": ["version": "252"], "ip4_interfaces": ["eth0": ["192.0.2.2", "192.0.2.3"]],
    "disks": [["name": "sda", "size": 10], ["label": "x"]], "ports": [1: "one"], "roles": ["web"], "a:b": "colon",
  ]
  private static let options: ValueMap = ["grains_file": "/etc/brine/grains"]

  private func call(_ name: String, _ words: Value..., named: ValueMap = [:]) async throws -> Value {
    let host = try ProcHost(GrainsFunctions.all)
    switch words.count {
    case 0: return try await host.call(name, named: named, grains: Self.grains)
    case 1: return try await host.call(name, words[0], named: named, grains: Self.grains)
    default: return try await host.call(name, words[0], words[1], named: named, grains: Self.grains)
    }
  }

  @Test(
    arguments: [
      ("os", "Debian"), ("systemd:version", "252"), ("ip4_interfaces:eth0:0", "192.0.2.2"),
      ("ip4_interfaces:eth0:-1", "192.0.2.3"), ("ip4_interfaces:eth0:9", ""), ("disks:name", "sda"),
      ("disks:label", "x"),
      ("ports:1", "one"), ("os:deeper", ""), ("missing", ""), ("", ""),
    ] as [(String, Value)])
  func keysAreFollowed(_ key: String, _ expected: Value) async throws {
    #expect(try await call("grains.get", .string(key)) == expected)
  }

  @Test func defaultsAndDelimiters() async throws {
    #expect(try await call("grains.get", "missing", 5) == 5)
    #expect(try await call("grains.get", "systemd|version", named: ["delimiter": "|"]) == "252")
    #expect(try await call("grains.get", "a:b", named: ["delimiter": "|"]) == "colon")
    #expect(
      try await call("grains.item", "os", "systemd:version") == ["os": "Debian", "systemd:version": "252"])
    #expect(try await call("grains.item", "nope", named: ["default": "none"]) == ["nope": "none"])
    #expect(try await call("grains.has_value", "systemd:version") == true)
    #expect(try await call("grains.has_value", "systemd:features") == false)
    #expect(try await call("grains.equals", "systemd:version", 252) == true)
    #expect(try await call("grains.equals", "os", "Ubuntu") == false)
    #expect(try await call("grains.ls")[0] == "a:b")
    #expect(try await call("grains.items") == .map(Self.grains))
    let hidden = try await call("grains.items", named: ["sanitize": true])
    #expect(hidden["serialnumber"] == "ABCDEFXX")
    #expect(hidden["id"] == "MINION.DOMAINNAME")
  }

  @Test func tablesArePickedFrom() async throws {
    let table: Value = [
      "RedHat": ["pkg": "httpd"], "Deb*": ["pkg": "apache2", "conf": ["dir": "/etc/apache2"]],
      "default": ["pkg": "apache", "srv": "apache"],
    ]
    #expect(try await call("grains.filter_by", table)["pkg"] == "apache2")
    #expect(try await call("grains.filter_by", table, "missing")["srv"] == "apache")
    #expect(
      try await call(
        "grains.filter_by", table, named: ["merge": ["conf": ["user": "www"]], "base": "default"])
        == ["pkg": "apache2", "srv": "apache", "conf": ["dir": "/etc/apache2", "user": "www"]])
    #expect(try await call("grains.filter_by", ["x": 1]) == .null)
    for nothing in ["", .null, false, [], [:]] as [Value] {
      #expect(try await call("grains.filter_by", table, named: ["merge": nothing])["pkg"] == "apache2")
    }
    await #expect(throws: FunctionError.self) {
      try await call("grains.filter_by", table, named: ["merge": "text"])
    }
  }

  @Test func valuesAreSetInTheFile() async throws {
    let host = try ProcHost(GrainsFunctions.all, ["/etc/brine/grains": "rack: 7\npool: green\n"])
    #expect(
      try await host.call("grains.setval", "pool", "blue", grains: Self.grains, options: Self.options)
        == ["pool": "blue"])
    #expect(try Self.stored(host) == ["rack": 7, "pool": "blue"])
    _ = try await host.call("grains.setvals", ["rack": .null, "role": ["a"]], true, options: Self.options)
    #expect(try Self.stored(host) == ["pool": "blue", "role": ["a"]])
  }

  @Test func testModeWritesNothing() async throws {
    let host = try ProcHost(GrainsFunctions.all)
    #expect(
      try await host.call("grains.setval", "pool", "blue", options: Self.options, isTest: true) == ["pool": "blue"])
    #expect(!host.files.exists("/etc/brine/grains"))
  }

  @Test func listsGrowAndShrink() async throws {
    let host = try ProcHost(GrainsFunctions.all)
    func call(_ name: String, _ key: Value, _ value: Value, _ named: ValueMap = [:]) async throws -> Value {
      try await host.call(name, key, value, named: named, grains: Self.grains, options: Self.options)
    }
    #expect(try await call("grains.append", "roles", "cache") == ["roles": ["web", "cache"]])
    #expect(try await call("grains.append", "roles", "web") == "The val web was already in the list roles")
    #expect(try await call("grains.append", "new", ["a", "b"]) == ["new": ["a", "b"]])
    #expect(try await call("grains.append", "apps:shop:tags", "x") == ["apps": ["shop": ["tags": ["x"]]]])
    #expect(
      try await call("grains.append", "systemd:units", "x") == ["systemd": ["version": "252", "units": ["x"]]])
    #expect(try await call("grains.append", "os", "x", ["convert": true]) == ["os": ["Debian", "x"]])
    await #expect(throws: FunctionError.self) { try await call("grains.append", "os", "x") }
    #expect(try await call("grains.remove", "roles", "web") == ["roles": []])
    #expect(try await call("grains.remove", "roles", "db") == "The val db was not in the list roles")
  }

  @Test func nestedSettingIsCareful() async throws {
    let host = try ProcHost(GrainsFunctions.all)
    func set(_ key: Value, _ value: Value, _ named: ValueMap = [:]) async throws -> Value {
      try await host.call("grains.set", key, value, named: named, grains: Self.grains, options: Self.options)
    }
    #expect(
      try await set("apps:shop:port", 2209)
        == ["comment": "", "changes": ["apps": ["shop": ["port": 2209]]], "result": true])
    #expect(try await set("os", "Debian")["comment"] == "Grain is already set")
    #expect(try await set("roles", "x")["result"] == false)
    #expect(try await set("os", ["x": 1])["result"] == false)
    #expect(try await set("os:name", "x")["result"] == false)
    #expect(try await set("roles", "x", ["force": true])["changes"] == ["roles": "x"])
    #expect(try await set("os:name", "x", ["force": true])["changes"] == ["os": ["name": "x"]])
  }

  @Test func keysAreRemoved() async throws {
    let host = try ProcHost(GrainsFunctions.all, ["/etc/brine/grains": "os: Mine\nsystemd: {version: 1, x: 2}\n"])
    _ = try await host.call("grains.delkey", "os", grains: Self.grains, options: Self.options)
    #expect(try Self.stored(host)["os"] == nil)
    let nested = try await host.call(
      "grains.delkey", "systemd:version", grains: Self.grains, options: Self.options)
    #expect(nested["changes"] == ["systemd": [:]])
    _ = try await host.call("grains.delval", "id", grains: Self.grains, options: Self.options)
    #expect(try Self.stored(host)["id"] == .null)
    #expect(
      try await host.call("grains.delkey", "roles", grains: Self.grains, options: Self.options)["result"] == false)
  }

  @Test func brokenFileIsLeftAsItIs() async throws {
    let text = "pool: [unclosed\n"
    let host = try ProcHost(GrainsFunctions.all, ["/etc/brine/grains": text])
    await #expect(throws: FunctionError.self) { try await host.call("grains.setval", "a", "b", options: Self.options) }
    #expect(try host.files.readText("/etc/brine/grains") == text)
    await #expect(throws: FunctionError.self) { try await host.call("grains.setval", "a", "b") }
  }

  private static func stored(_ host: ProcHost) throws -> Value {
    try YAMLParser.value(of: host.files.readText("/etc/brine/grains"))
  }
}
