import Functions
import HostSystem
import Testing
import Value

@testable import Modules

@Suite struct KnownHostsTests {
  private static let key = "AAAAC3NzaC1lZDI1NTE5AAAAIFaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

  @Test(
    arguments: [
      ("a.example", "a.example", true), ("A.example", "a.EXAMPLE", true), ("a.example,192.0.2.1", "192.0.2.1", true),
      ("*.example", "a.example", true), ("*.example,!b.example", "b.example", false),
      ("?.example", "ab.example", false),
      ("[a.example]:2222", "[a.example]:2222", true), ("[a.example]:2222", "a.example", false),
      ("|1|uSNBCf+PnNx39Z9p4aNRPuPUOQA=|nothing", "a.example", false), ("|1|broken", "a.example", false),
    ])
  func namesAreMatchedAsSshDoes(_ names: String, _ host: String, _ isOf: Bool) {
    #expect(KnownHost(names: names, type: "ssh-ed25519", key: Self.key).isOf(host) == isOf)
  }

  @Test func hashedNamesAreFound() throws {
    let host = KnownHost(names: "B.example,192.0.2.1", type: "ssh-ed25519", key: Self.key)
    let hashed = host.hashed()
    #expect(hashed.count == 2)
    #expect(hashed[0].isOf("b.example") && hashed[1].isOf("192.0.2.1"))
    #expect(!hashed[0].isOf("192.0.2.1"))
    #expect(hashed.allSatisfy { $0.hashed() == [$0] })
    #expect(KnownHost(names: "*.example", type: "x", key: Self.key).hashed().first?.names == "*.example")
    // Made by ssh-keygen -H.
    let line = "|1|4MCCWDRbDhPXjuehLXRpVDAzM/o=|NZGEvcHGCOIFf7bSEhy87LptggI= ssh-ed25519 \(Self.key)"
    #expect(KnownHost(line: line)?.isOf("a.example") == true)
    #expect(KnownHost(line: line)?.isOf("b.example") == false)
  }

  @Test func revokedKeysStayAndAreNoKeys() {
    let text =
      "# c\n@revoked a.example ssh-ed25519 \(Self.key)\na.example ssh-ed25519 \(Self.key) note\nb ssh-rsa AAAA\n"
    var file = KnownHostsFile(parsing: Array(text.utf8))
    #expect(file.entries(of: "a.example").map(\.comment) == ["note"])
    let removed = file.remove("a.example")
    #expect(removed == [3])
    #expect(file.lines == ["# c", "@revoked a.example ssh-ed25519 \(Self.key)", "b ssh-rsa AAAA"])
  }

  @Test(arguments: ["-oProxyCommand=x", "a b", "a,b", "*", "", "a\n", String(repeating: "a", count: 256)])
  func hostsAreNames(_ name: String) { #expect(throws: FunctionError.self) { try KnownHosts.checked(name) } }

  @Test(
    arguments: [
      ("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n", false as Bool?),
      ("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nAAAA\n", true),
      ("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n", true),
      ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAA=\n-----END", false),
      ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHIAAAAGYmNyeXB0\n-----END", true),
      ("ssh-rsa AAAA", nil), ("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n", nil),
    ])
  func passphrasesAreSeen(_ text: String, _ isEncrypted: Bool?) {
    #expect(PrivateKeyText.isEncrypted(text) == isEncrypted)
  }
}
