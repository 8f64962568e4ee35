import Grains
import HostSystem
import Testing
import Value

@Suite struct StaticGrainsTests {
  private struct Refusal: Error, CustomStringConvertible { var description: String { "line 1: not YAML" } }

  /// Stands for YAML: `key value` lines; `!` is broken, `-` is a list.
  private static func parse(_ text: String) throws -> Value {
    if text.hasPrefix("!") { throw Refusal() }
    if text.hasPrefix("-") { return [1] }
    if text.isEmpty { return .null }
    var map: ValueMap = [:]
    for line in text.splitLines() {
      let fields = line.fields()
      map[fields[0]] = .string(fields[1])
    }
    return .map(map)
  }

  @Test func laterPlacesReplaceEarlierOnes() throws {
    let host = try FixtureHost([
      "/etc/brine/grains": "pool green\nrack 1\nrole file\n", "/etc/brine/grains.d/10-a.yaml": "pool blue\n",
      "/etc/brine/grains.d/20-b.yml": "rack 2\n", "/etc/brine/grains.d/.hidden.yaml": "pool hidden\n",
      "/etc/brine/grains.d/notes.txt": "pool notes\n",
    ])
    let grains = StaticGrains.load(
      files: host.files, configured: ["role": "web"],
      paths: ["/etc/brine/grains", "/etc/brine/grains.d", "/missing"], parse: Self.parse)
    #expect(grains.problems.isEmpty)
    #expect(grains.values == ["pool": "blue", "rack": "2", "role": "web"])
  }

  @Test func brokenFileIsNamedAndTheRestCounts() throws {
    let host = try FixtureHost([
      "/g/1.yaml": "! nonsense", "/g/2.yaml": "- a list", "/g/3.yaml": "", "/g/4.yaml": "a b\n",
    ])
    let grains = StaticGrains.load(files: host.files, configured: [:], paths: ["/g"], parse: Self.parse)
    #expect(grains.values == ["a": "b"])
    #expect(
      grains.problems == [
        "/g/1.yaml: line 1: not YAML",
        "/g/2.yaml: it holds a list, not a map of grains; the file is skipped.",
      ])
  }

  @Test func staticGrainsGoOverCollectedOnes() {
    let grains = StaticGrains(values: ["os": "Mine", "roles": ["db"]], problems: [])
    #expect(grains.overriding(["os": "Debian", "id": "a"]) == ["os": "Mine", "id": "a", "roles": ["db"]])
  }
}
