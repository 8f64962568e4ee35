import Functions
import Glibc
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value

@testable import States

/// With the real gpg and keys of the test's own; left out where there is none.
@Suite(.serialized, .enabled(if: SubprocessRunner().which("gpg") != nil, "gpg is not installed"))
struct PillarGPGTests {
  /// A key directory, and one key whose owner has no passphrase.
  private final class Keys: Sendable {
    let directory: TemporaryDirectory

    init() async throws {
      directory = try TemporaryDirectory()
      chmod(directory.path, 0o700)
      try await run(
        "--quick-generate-key", "--passphrase", "", "pillar@example.org", "default", "default", "never")
    }

    @discardableResult
    func run(_ arguments: String..., input: String = "") async throws -> String {
      var command = Command(
        ["gpg", "--homedir", directory.path, "--batch", "--no-tty", "--pinentry-mode", "loopback"] + arguments)
      command.standardInput = .bytes(Array(input.utf8))
      let result = try await SubprocessRunner().run(command)
      guard result.isSuccess else { throw HostError(.other, result.errorText) }
      return result.outputText
    }

    func encrypt(_ text: String) async throws -> String {
      try await run("--armor", "--trust-model", "always", "--encrypt", "-r", "pillar@example.org", input: text)
    }

    /// Ends the agent that gpg has started.
    func end() async {
      _ = try? await SubprocessRunner().run(Command("gpgconf", "--homedir", directory.path, "--kill", "all"))
    }
  }

  private func indented(_ text: String, _ count: Int) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.isEmpty ? "" : String(repeating: " ", count: count) + $0
    }.joined(separator: "\n")
  }

  private func tree(_ text: String, _ keys: Keys, _ options: ValueMap = [:]) throws -> PillarTree {
    var tree = try PillarTree(sls: text)
    tree.commands = SubprocessRunner()
    tree.options = options
    tree.options["gpg_keydir"] = .string(keys.directory.path)
    return tree
  }

  @Test func decryptsWhereARendererOrTheConfigurationSaysSo() async throws {
    let keys = try await Keys()
    let message = try await keys.encrypt("hunter2")
    let body = "a:\n  b: |\n\(indented(message, 4))\nc: plain\nl:\n  - |\n\(indented(message, 4))\n"
    let byRenderer = try await tree("#!jinja|yaml|gpg\n\(body)", keys).compile()
    #expect(byRenderer.problems == [])
    #expect(byRenderer.pillar == ["a": ["b": "hunter2"], "c": "plain", "l": ["hunter2"]])
    let untouched = try await tree(body, keys).compile()
    #expect(untouched.pillar["a"]?["b"]?.stringValue?.hasPrefix("-----BEGIN PGP MESSAGE-----") == true)
    for option: Value in [["a:b"], [["a": "gpg"]], ["a": "gpg"], ["a", "nothing:there"]] {
      let configured = try await tree(body, keys, ["decrypt_pillar": option]).compile()
      #expect(configured.problems == [])
      #expect(configured.pillar["a"] == ["b": "hunter2"])
      #expect(configured.pillar["l"]?[0]?.stringValue?.hasPrefix("-----BEGIN PGP") == true)
    }
    await keys.end()
  }

  @Test func textAroundAMessageStaysAndWhatIsMergedAwayIsNotDecrypted() async throws {
    let keys = try await Keys()
    let message = try await keys.encrypt("p4ss").trimmed().replacing("\n", with: "\\n")
    let text = "#!yaml|gpg\nurl: \"pg://u:\(message)@h\"\n"
    #expect(try await tree(text, keys).compile().pillar == ["url": "pg://u:p4ss@h"])
    var two = try PillarTree([
      "top.sls": "base: {'*': [a, b]}\n",
      "a.sls": "#!yaml|gpg\nk: \"-----BEGIN PGP MESSAGE-----\\nnone\\n-----END PGP MESSAGE-----\"\n",
      "b.sls": "k: plain\n",
    ])
    two.commands = SubprocessRunner()
    two.options["gpg_keydir"] = .string(keys.directory.path)
    let compiled = await two.compile()
    #expect(compiled.problems == [])
    #expect(compiled.pillar == ["k": "plain"])
    await keys.end()
  }

  @Test func aMessageThatIsTheMinionsWordIsNotDecrypted() async throws {
    let keys = try await Keys()
    let message = try await keys.encrypt("hunter2")
    var tree = try tree("#!jinja|yaml|gpg\nk: {{ grains.x | json }}\n", keys)
    tree.grains = ["x": .string(message)]
    let compiled = await tree.compile()
    #expect(compiled.problems.first?.summary.contains("stands in no file of the pillar") == true)
    #expect(!"\(compiled)".contains("hunter2"))
    await keys.end()
  }

  @Test func aMissingKeyIsNamed() async throws {
    let keys = try await Keys()
    let others = try await Keys()
    let message = try await others.encrypt("hunter2")
    let compiled = try await tree("#!yaml|gpg\nk: |\n\(indented(message, 2))", keys).compile()
    #expect(compiled.problems.count == 1)
    #expect(
      compiled.problems.first?.summary.contains("Failed to decrypt pillar key 'k': gpg has no secret key") == true)
    await keys.end()
    await others.end()
  }
}
