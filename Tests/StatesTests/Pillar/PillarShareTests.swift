import OrderedCollections
import Testing
import Value

@testable import States

@Suite struct PillarShareTests {
  private static let files = [
    "top.sls":
      "base:\n  '*': [all, named]\n  'G@os:Debian': [debian]\n{% if grains.os == 'X' %}\n  'x*': [all]\n{% endif %}\n",
    "all.sls": "include: [more: {defaults: {p: {{ grains.os }}}, key: sub}]\nos: {{ grains.os }}\n",
    "named.sls": "id: {{ grains.id }}\nk: {{ grains.get('kind', 'none') }}\n",
    "debian.sls": "{% import_yaml 'map.yaml' as m %}\nm: {{ m[grains.os] }}\n",
    "map.yaml": "Debian: {{ grains.release }}\n", "more.sls": "p: {{ p }}\nr: {{ grains.release }}\n",
  ]

  /// Many compiles that share what they can give what each gives alone.
  @Test func sharingChangesNothing() async throws {
    let host = try TreeHost(Dictionary(uniqueKeysWithValues: Self.files.map { ("pillar/\($0)", $1) }))
    let options = host.context([:]).options
    let share = PillarShare(options, environment: nil)
    for number in 0..<24 {
      var context = host.context([:])
      let id = ["web", "x", "db"][number % 3] + "\(number)"
      context.options["id"] = .string(id)
      context.grains = [
        "id": .string(id), "os": .string(["Debian", "X"][number % 2]), "release": .int(Int64(number / 6)),
      ]
      if number % 4 == 0 { context.grains["kind"] = "some" }
      let alone = await PillarCompiler(context: context, secrets: .withheld).compile()
      let together = await PillarCompiler(context: context, secrets: .withheld, share: share).compile()
      #expect(alone.problems.isEmpty && together.problems.isEmpty)
      #expect(alone.pillar == together.pillar, "\(id)")
      #expect(alone.pillar["id"] == .string(id))
    }
  }
}
