import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import States
import Testing
import Value

@testable import Modules

/// The shipped formulas (`states/`) compile with their own examples of pillar, and with none. Whether they work is tried
/// on real hosts, by `Tests/Lab/check-formulas`.
@Suite struct FormulaTests {
  struct Formula: Sendable, CustomTestStringConvertible {
    /// As it is applied: `openssl.patched`.
    var sls: String
    var testDescription: String { sls }
  }

  static let repository = #filePath.split(separator: "/").dropLast(4).map { "/\($0)" }.joined()
  static let states = "\(repository)/states"

  static let all: [Formula] = slsFiles("").map { path in
    let name = path.dropLast(".sls".count).split(separator: "/")
    return Formula(sls: (name.last == "init" ? name.dropLast() : name).joined(separator: "."))
  }

  private static func slsFiles(_ folder: String) -> [String] {
    HostFiles().entriesIfPresent(folder.isEmpty ? states : "\(states)/\(folder)").flatMap { name -> [String] in
      let path = folder.isEmpty ? name : "\(folder)/\(name)"
      if HostFiles().isDirectory("\(states)/\(path)") { return slsFiles(path) }
      return name.hasSuffix(".sls") ? [path] : []
    }
  }

  @Test func formulasAreThere() { #expect(Self.all.contains { $0.sls == "openssl.patched" }) }

  @Test(arguments: all, [true, false]) func compiles(_ formula: Formula, isContainer: Bool) async throws {
    let examples = try pillar(of: formula)
    try #require(!examples.isEmpty, "no pillar.example")
    for pillar in examples {
      let shown = try await show(formula.sls, pillar, isContainer: isContainer)
      let declarations = try #require(shown.mapValue, "\(shown)")
      #expect(!declarations.isEmpty)
      for (id, declaration) in declarations { try check(id.description, declaration) }
    }
  }

  /// Family, name, release, code name of systems that the lab has not.
  static let systems = [
    ["RedHat", "Rocky", "9", "Blue Onyx"], ["RedHat", "CentOS", "7", "Core"], ["Suse", "SUSE", "15", ""],
    ["Alpine", "Alpine", "3", ""], ["Debian", "Ubuntu", "22.04", "jammy"], ["Debian", "Ubuntu", "24.04", "noble"],
    ["Debian", "Debian", "11", "bullseye"], ["Debian", "Debian", "13", "trixie"],
  ]

  @Test(arguments: systems) func compilesOnOtherSystems(_ system: [String]) async throws {
    let release = system[2].split(separator: ".")[0]
    let grains: ValueMap = [
      "os_family": .string(system[0]), "os": .string(system[1]), "osrelease": .string(system[2]),
      "osmajorrelease": .int(Int64(release) ?? 0), "oscodename": .string(system[3]),
      "osfinger": .string("\(system[1])-\(system[0] == "Debian" ? system[2] : String(release))"),
    ]
    // One formula looks for what is installed, and here are no other package systems.
    for formula in Self.all where formula.sls != "openssl.patched" || system[0] == "Debian" {
      for pillar in try pillar(of: formula) {
        let shown = try await show(formula.sls, pillar, isContainer: false, grains: grains)
        let declarations = try #require(shown.mapValue, "\(formula.sls): \(shown)")
        for (id, declaration) in declarations { try check(id.description, declaration) }
        guard formula.sls.hasPrefix("base"), system[0] != "Debian" else { continue }
        #expect(
          declarations["base-family"]?["test"]?.listValue?.contains("fail_without_changes") == true, "\(formula.sls)")
      }
    }
  }

  /// The example, and nothing at all: a formula without pillar compiles and says what is missing when it is applied.
  private func pillar(of formula: Formula) throws -> [ValueMap] {
    let parts = formula.sls.split(separator: ".").map(String.init)
    for count in stride(from: parts.count, to: 0, by: -1) {
      let path = "\(Self.states)/\(parts.prefix(count).joined(separator: "/"))/pillar.example"
      guard HostFiles().isFile(path) else { continue }
      let example = try YAMLParser.parse(HostFiles().readText(path), file: path).value
      return [try #require(example.mapValue), [:]]
    }
    return []
  }

  private func show(
    _ sls: String, _ pillar: ValueMap, isContainer: Bool, grains others: ValueMap = [:]
  ) async throws -> Value {
    let directory = try TemporaryDirectory()
    let commands = ScriptedCommands { command in
      switch command.arguments.first {
      case "systemd-detect-virt": CommandResult(exit: isContainer ? 0 : 1)
      case "dpkg-query": CommandResult(exit: 0, "openssl\t3.0.19-1\tinstall ok installed\tamd64\n")
      default: CommandResult(exit: 0)
      }
    }
    let roots: Value = ["base": [.string(Self.states)]]
    let options: ValueMap = [
      "id": "web1", "file_client": "local", "file_roots": roots, "pillar_roots": ["base": []],
      "cachedir": .string(directory.path("cache")), "state_dir": .string(directory.path("state")),
    ]
    var grains: ValueMap = [
      "id": "web1", "host": "web1", "fqdn": "web1", "nodename": "web1", "os": "Debian", "os_family": "Debian",
      "osfinger": "Debian-12", "osmajorrelease": 12, "osrelease": "12", "oscodename": "bookworm", "osarch": "amd64",
      "kernel": "Linux", "init": "systemd", "ipv4": ["127.0.0.1", "192.0.2.5"], "fqdn_ip4": ["192.0.2.5"],
      "num_cpus": 2,
      "virtual": "physical", "mem_total": 2000,
    ]
    for (name, value) in others { grains[name] = value }
    let context = FunctionContext(
      commands: commands, files: HostFiles(root: directory.path), grains: grains, options: options,
      registry: BuiltInFunctions.registry, states: BuiltInStates.registry, pillar: pillar,
      source: LocalFileSource(FileRoots(roots, fallback: "/nonexistent")), templates: JinjaRenderer())
    return try await context.registry.call(
      "state.show_sls", CallArguments([.string(sls)], named: ["pillar": .map(pillar)]), context)
  }

  private func check(_ id: String, _ declaration: Value) throws {
    for (module, body) in try #require(declaration.mapValue, "\(id)") where !module.description.hasPrefix("__") {
      let words = body.listValue ?? []
      let function = try #require(words.compactMap(\.stringValue).first, "\(id) has no function")
      #expect(BuiltInStates.registry["\(module).\(function)"] != nil, "\(id): there is no state \(module).\(function)")
      for case .map(let argument) in words {
        guard let source = argument["source"]?.stringValue, source.hasPrefix("salt://") else { continue }
        let path = "\(Self.states)/\(source.dropFirst("salt://".count))"
        #expect(HostFiles().exists(path), "\(id): there is no \(source)")
      }
    }
  }
}
