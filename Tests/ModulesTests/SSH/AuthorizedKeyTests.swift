import Functions
import Testing
import Value

@testable import Modules

@Suite struct AuthorizedKeyTests {
  private static let rsa = "AAAAB3NzaC1yc2EAAAADAQABAAAAgQ=="

  @Test(
    arguments: [
      ("ssh-rsa \(rsa)", [], "ssh-rsa", ""), ("ssh-rsa \(rsa) a  b ", [], "ssh-rsa", "a b"),
      ("no-pty ssh-rsa \(rsa) c", ["no-pty"], "ssh-rsa", "c"),
      ("from=\"a,b\",no-pty ssh-rsa \(rsa) c", ["from=\"a,b\"", "no-pty"], "ssh-rsa", "c"),
      ("command=\"ssh-rsa x, \\\"y z\\\"\" ssh-rsa \(rsa)", ["command=\"ssh-rsa x, \\\"y z\\\"\""], "ssh-rsa", ""),
      ("sk-ssh-ed25519@openssh.com \(rsa) k", [], "sk-ssh-ed25519@openssh.com", "k"),
      ("\tecdsa-sha2-nistp256\t\(rsa)\tk", [], "ecdsa-sha2-nistp256", "k"),
    ] as [(String, [String], String, String)])
  func linesAreReadAsSshdDoes(_ line: String, _ options: [String], _ type: String, _ comment: String) throws {
    let key = try #require(AuthorizedKey(line: line))
    #expect(key == AuthorizedKey(options: options, type: type, key: Self.rsa, comment: comment))
    #expect(AuthorizedKey(line: key.line) == key)
  }

  @Test(arguments: ["", "  ", "# ssh-rsa AAAA", "ssh-rsa", "foo bar", "command=\"open ssh-rsa AAAA", "no-pty"])
  func otherLinesAreNoKeys(_ line: String) { #expect(AuthorizedKey(line: line) == nil) }

  @Test func otherLinesStay() {
    let text = "# mine\n\nnonsense here\nssh-rsa \(Self.rsa) old\ncert-authority ssh-rsa AAAA ca\n"
    var file = AuthorizedKeysFile(parsing: Array(text.utf8))
    file.set(AuthorizedKey(options: ["no-pty"], type: "ssh-rsa", key: Self.rsa, comment: "new"))
    #expect(
      file.lines == [
        "# mine", "", "nonsense here", "no-pty ssh-rsa \(Self.rsa) new", "cert-authority ssh-rsa AAAA ca",
      ])
    let removed = [file.remove("AAAA"), file.remove("AAAA")]
    #expect(removed == [true, false])
    #expect(file.lines.count == 4)
  }

  @Test(
    arguments: [
      ("AAAA", true), ("AAA=", true), ("AA==", true), ("AAAAA", false), ("AA=A", false), ("!!!!", false), ("", false),
      ("AA AA", false), ("A===", false), ("AAAA\n", false),
    ])
  func keysAreBase64(_ text: String, _ isKey: Bool) { #expect((SSHPublicKey(text) != nil) == isKey) }

  @Test func fingerprintsAreSalts() throws {
    let key = try #require(SSHPublicKey("AAAA"))
    #expect(try key.fingerprint("md5") == "69:3e:9a:f8:4d:3d:fc:c7:1e:64:0e:00:5b:dc:5e:2e")
    #expect(try key.fingerprint(nil).hasPrefix("70:9e:80:c8:84:87:a2:41:1e:1e:e4:df:b9:f2:2a:86"))
    #expect(throws: FunctionError.self) { try key.fingerprint("crc") }
    #expect(SSHPublicKey(Self.rsa)?.type == "ssh-rsa")
    #expect(key.type == nil)
  }

  @Test func theTypeThatAKeySaysCounts() throws {
    let key = "AAAAC3NzaC1lZDI1NTE5AAAAIFaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    #expect(try AuthorizedKeyWish.read(key, type: "ssh-rsa", comment: "", options: []).type == "ssh-ed25519")
    #expect(try AuthorizedKeyWish.read("AAAA a b", type: "ecdsa", comment: "", options: []).comment == "a b")
    for bad in ["AAAA x\nssh-rsa AAAA", "AAAA \u{7}"] {
      #expect(throws: FunctionError.self) { try AuthorizedKeyWish.read(bad, type: "rsa", comment: "", options: []) }
    }
    #expect(throws: FunctionError.self) { try AuthorizedKeyWish.read("AAAA", type: "foo", comment: "", options: []) }
    #expect(throws: FunctionError.self) {
      try AuthorizedKeyWish.read("AAAA", type: "rsa", comment: "", options: ["a\nb"])
    }
  }
}
