import Functions
import HostSystem
import OrderedCollections
import Sealing
import Testing
import Value

@testable import States

@Suite struct PillarSealedValueTests {
  private let key = SealingKey()

  private func sealed(_ secret: String, for audience: String? = nil) throws -> String {
    try SealedPillarValue.seal(Secret(secret), for: audience, to: PillarSealWord(key.publicKey)).text
  }

  private func tree(_ text: String) throws -> PillarTree {
    var tree = try PillarTree(sls: text)
    tree.keys = [key]
    return tree
  }

  @Test func opensWhatReachesTheMinion() async throws {
    let text = """
      plain: text
      users: {root: {password: \(try sealed("hunter2"))}}
      list: [a, \(try sealed("two\nlines\n"))]
      """
    let compiled = try await tree(text).compile()
    #expect(compiled.problems == [])
    #expect(
      compiled.pillar
        == ["plain": "text", "users": ["root": ["password": "hunter2"]], "list": ["a", "two\nlines\n"]])
    #expect(try await tree(text).compile(secrets: .masked).pillar["list"] == ["a", .string(PillarMask.text)])
    #expect(try await tree(text).compile(secrets: .withheld).pillar["users"] == ["root": ["password": .null]])
  }

  @Test func mayStandWithinALongerText() async throws {
    let text = "url: pg://app:\(try sealed("p4ss"))@db1/x?k=\(try sealed("two"))\n"
    #expect(try await tree(text).compile().pillar == ["url": "pg://app:p4ss@db1/x?k=two"])
    #expect(try await tree(text).compile(secrets: .masked).pillar == ["url": .string(PillarMask.text)])
    #expect(try await tree(text).compile(secrets: .withheld).pillar == ["url": .null])
    #expect(try await !tree("url: see brine-pillar1.x@y\n").compile().problems.isEmpty)
  }

  @Test func whatIsMergedAwayIsNotOpened() async throws {
    var tree = try PillarTree([
      "top.sls": "base: {'*': [a, b]}\n", "a.sls": "k: brine-pillar1.nokey.AAAA\n", "b.sls": "k: plain\n",
    ])
    tree.keys = [key]
    let compiled = await tree.compile()
    #expect(compiled.problems == [])
    #expect(compiled.pillar == ["k": "plain"])
  }

  @Test func isForThoseItIsSealedFor() async throws {
    var tree = try tree("k: \(try sealed("hunter2", for: "db*"))\n")
    tree.id = "db1"
    #expect(await tree.compile().pillar == ["k": "hunter2"])
    tree.id = "web1"
    let refused = await tree.compile()
    #expect(refused.problems.count == 1)
    #expect(refused.problems[0].summary.contains("sealed for 'db*' only, and this minion is 'web1'"))
    #expect(!"\(refused)".contains("hunter2"))
  }

  /// Each template has the minion's word reach the pillar in some way; the files hold the ciphertext of another host.
  @Test(arguments: [
    "k: {{ grains.x }}\n", "k: {{ grains.first }}{{ grains.second }}\n", "k: {{ pillar.x }}\n",
    "k: {{ pillar.first }}{{ pillar.second }}\n", "k: {{ grains.y | reverse }}\n", "k: \"{{ grains.x }}\"\n", "{}\n",
  ])
  func aMinionsOwnWordIsNotOpened(_ template: String) async throws {
    let secret = try sealed("hunter2")
    var tree = try PillarTree(["top.sls": "base: {'*': [a], db1: [b]}\n", "a.sls": template, "b.sls": "k: \(secret)\n"])
    tree.keys = [key]
    let words: ValueMap = [
      "x": .string(secret), "y": .string(String(secret.reversed())), "first": .string(String(secret.prefix(13))),
      "second": .string(String(secret.dropFirst(13))), "k": .string(secret),
    ]
    tree.grains = words
    let compiled = await tree.compile(override: words)
    #expect(!"\(compiled)".contains("hunter2"))
    #expect(!compiled.problems.isEmpty)
  }

  @Test func damagedAndForeignOnesAreNamedByTheirPath() async throws {
    let compiled = try await tree("a: {b: brine-pillar1.x}\nc: [brine-pillar1.nokey.AAAA]\n").compile()
    let summaries = compiled.problems.map(\.summary).sorted()
    #expect(summaries.count == 2)
    #expect(summaries[0].hasPrefix("Failed to decrypt pillar key 'a:b': the sealed value is damaged"))
    #expect(summaries[1].hasPrefix("Failed to decrypt pillar key 'c:0': It is sealed to the key nokey"))
  }

  @Test func stringsInTemplatesAndImportsCount() async throws {
    var tree = try PillarTree([
      "top.sls": "base: {'*': [a]}\n", "map.jinja": "{% set secret = '\(try sealed("one"))' %}\n",
      "data.yaml": "two: \(try sealed("two"))\n",
      "a.sls":
        "{% from 'map.jinja' import secret %}{% import_yaml 'data.yaml' as d %}\nk: [{{ secret }}, {{ d.two }}]\n",
    ])
    tree.keys = [key]
    #expect(await tree.compile().pillar == ["k": ["one", "two"]])
  }
}
