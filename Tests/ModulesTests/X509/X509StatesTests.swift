import Functions
import HostSystem
import HostSystemTesting
import OpenSSL
import OrderedCollections
import Testing
import Value

@testable import Modules

/// What Salt 3008 says of the same states, recorded from a run.
@Suite struct X509StatesTests {
  private let host: DirectoryTestHost
  private var files: HostFiles { host.files }

  init() throws {
    host = try DirectoryTestHost()
    try files.makeDirectory("/tls")
  }

  private func apply(_ name: String, _ named: ValueMap, isTest: Bool = false) async throws -> StateResult {
    let state = try #require(BuiltInStates.registry[name])
    let context = FunctionContext(commands: ScriptedCommands([:]), files: files, isTest: isTest)
    let arguments = try Arguments(binding: CallArguments(named: named), to: state.signature)
    return try await state.body(arguments, StateContext(functions: context))
  }

  private func key(_ more: ValueMap = [:], isTest: Bool = false) async throws -> StateResult {
    var named: ValueMap = ["name": "/tls/web.key", "algo": "ec"]
    named.merge(more) { $1 }
    return try await apply("x509.private_key_managed", named, isTest: isTest)
  }

  private func authority(_ more: ValueMap = [:], isTest: Bool = false) async throws -> StateResult {
    var named: ValueMap = [
      "name": "/tls/ca.crt", "signing_private_key": "/tls/ca.key", "CN": "Test CA",
      "basicConstraints": "critical, CA:TRUE", "keyUsage": "critical, keyCertSign, cRLSign",
      "subjectKeyIdentifier": "hash", "days_valid": 1000,
    ]
    named.merge(more) { $1 }
    return try await apply("x509.certificate_managed", named, isTest: isTest)
  }

  private func certificate(_ more: ValueMap = [:], isTest: Bool = false) async throws -> StateResult {
    var named: ValueMap = [
      "name": "/tls/web.crt", "signing_private_key": "/tls/ca.key", "signing_cert": "/tls/ca.crt",
      "csr": "/tls/web.csr", "CN": "web1", "O": "Example", "days_valid": 100,
      "authorityKeyIdentifier": "keyid:always",
    ]
    named.merge(more) { $1 }
    return try await apply("x509.certificate_managed", named, isTest: isTest)
  }

  private func request(_ more: ValueMap = [:], isTest: Bool = false) async throws -> StateResult {
    var named: ValueMap = [
      "name": "/tls/web.csr", "private_key": "/tls/web.key", "CN": "web1", "subjectAltName": "DNS:web1, IP:10.0.0.1",
    ]
    named.merge(more) { $1 }
    return try await apply("x509.csr_managed", named, isTest: isTest)
  }

  private func read(_ path: String) throws -> Certificate { try CertificateFile.first(path, files: files) }

  @Test func aKeyIsMadeOnce() async throws {
    #expect(
      try await key(isTest: true)
        == StateResult(nil, "The private key would have been created", changes: ["created": "/tls/web.key"]))
    #expect(!files.exists("/tls/web.key"))
    #expect(
      try await key() == StateResult(true, "The private key has been created", changes: ["created": "/tls/web.key"]))
    #expect(files.status("/tls/web.key")?.mode == 0o400)
    let text = try files.readText("/tls/web.key")
    #expect(try await key() == StateResult(true, "The private key is in the correct state"))
    #expect(try files.readText("/tls/web.key") == text)
  }

  @Test(
    arguments: [
      (["algo": "rsa"], ["algo": "rsa"]), (["keysize": 384], ["keysize": 384]),
      (["new": true], ["replaced": "/tls/web.key"]),
    ] as [(ValueMap, ValueMap)])
  func anotherKindIsMadeAnew(_ more: ValueMap, _ changes: ValueMap) async throws {
    _ = try await key()
    let text = try files.readText("/tls/web.key")
    #expect(
      try await key(more, isTest: true)
        == StateResult(nil, "The private key would have been recreated", changes: changes))
    #expect(try files.readText("/tls/web.key") == text)
    let result = try await key(more)
    #expect(result == StateResult(true, "The private key has been recreated", changes: changes))
    #expect(try files.readText("/tls/web.key") != text)
    #expect(files.status("/tls/web.key")?.mode == 0o400)
  }

  /// Another passphrase or encoding leaves the key what it is.
  @Test func aKeyIsOnlyWrittenAnew() async throws {
    _ = try await key()
    let old = try PrivateKey(Secret(files.read("/tls/web.key")))
    #expect(try await key(["passphrase": "abc"]).changes == ["passphrase": true])
    let locked = Secret(try files.read("/tls/web.key"))
    #expect(try PrivateKey(locked, passphrase: Secret("abc")).isSamePair(as: old))
    #expect(try await key(["passphrase": "abc"]).changes.isEmpty)
    #expect(try await key(["passphrase": "xyz"]).result == false)
    #expect(
      try await key().comment
        == "The existing file is encrypted. Pass overwrite: true to force regeneration without passphrase")
    #expect(try await key(["passphrase": "xyz", "overwrite": true]).changes == ["passphrase": true])
    #expect(try await key(["encoding": "der", "overwrite": true]).result == true)
    #expect(try PrivateKey(Secret(files.read("/tls/web.key"))).algorithm == "ec")
  }

  @Test func whatIsNoKeyIsLeftAlone() async throws {
    try files.write("/tls/web.key", text: "precious")
    let result = try await key()
    #expect(result.result == false && result.changes.isEmpty)
    #expect(try files.readText("/tls/web.key") == "precious")
    #expect(try await key(["overwrite": true]).changes == ["replaced": "/tls/web.key"])
  }

  @Test func aChainIsMadeAndKept() async throws {
    #expect(
      try await authority(isTest: true)
        == StateResult(nil, "The certificate would have been created", changes: ["created": "/tls/ca.crt"]))
    _ = try await key(["name": "/tls/ca.key"])
    _ = try await key()
    #expect(
      try await authority()
        == StateResult(true, "The certificate has been created", changes: ["created": "/tls/ca.crt"]))
    #expect(
      try await request()
        == StateResult(
          true, "The certificate signing request has been created", changes: ["created": "/tls/web.csr"]))
    #expect(
      try await certificate()
        == StateResult(true, "The certificate has been created", changes: ["created": "/tls/web.crt"]))
    for _ in 0..<2 {
      #expect(try await authority() == StateResult(true, "The certificate is in the correct state"))
      #expect(try await request().changes.isEmpty)
      #expect(try await certificate() == StateResult(true, "The certificate is in the correct state"))
    }
    let made = try read("/tls/web.crt")
    let issuer = try read("/tls/ca.crt")
    #expect(made.isSigned(by: try issuer.publicKey()))
    #expect(X509Subject.text(made.subject) == "CN=web1,O=Example")
    #expect(X509Subject.text(made.issuer) == "CN=Test CA")
    #expect(try made.alternativeNames() == [.dns("web1"), .address([10, 0, 0, 1])])
    #expect(made.notAfter - made.notBefore == 100 * 86400)

    #expect(
      try await certificate(["CN": "web2"], isTest: true)
        == StateResult(
          nil, "The certificate would have been recreated", changes: ["subject_name": "CN=web2,O=Example"]))
    #expect(
      try await request(["CN": "web2"], isTest: true)
        == StateResult(
          nil, "The certificate signing request would have been recreated", changes: ["subject_name": "CN=web2"]))
    #expect(
      try await certificate(["subjectAltName": ["DNS:web3"]]).changes
        == ["extensions": ["added": [], "changed": ["subjectAltName"], "removed": []]])
    #expect(try read("/tls/web.crt").alternativeNames() == [.dns("web3")])
  }

  /// The authority has a new key: its own certificate, and all that it signed, are made anew.
  /// `issuer:always` puts the certificate's own number into it, which a new one has another of.
  @Test func anAuthorityThatNamesItselfIsKept() async throws {
    _ = try await key(["name": "/tls/ca.key"])
    let more: ValueMap = ["authorityKeyIdentifier": "keyid,issuer:always"]
    #expect(try await authority(more).changes == ["created": "/tls/ca.crt"])
    #expect(try await authority(more) == StateResult(true, "The certificate is in the correct state"))
  }

  @Test func aLostAuthorityKeyIsNoticed() async throws {
    _ = try await key(["name": "/tls/ca.key"])
    _ = try await key()
    _ = try await authority()
    _ = try await request()
    _ = try await certificate()
    _ = try await key(["name": "/tls/ca.key", "new": true])
    #expect(
      try await authority().changes
        == [
          "private_key": true, "extensions": ["added": [], "changed": ["subjectKeyIdentifier"], "removed": []],
        ])
    #expect(
      try await certificate().changes
        == [
          "signing_private_key": true,
          "extensions": ["added": [], "changed": ["authorityKeyIdentifier"], "removed": []],
        ])
  }

  @Test func itIsRenewedInTime() async throws {
    _ = try await key(["name": "/tls/ca.key"])
    _ = try await authority(["days_valid": 30])
    #expect(try await authority(["days_remaining": 20]).changes.isEmpty)
    #expect(try await authority(["days_remaining": 40]).changes == ["expiration": true])
    #expect(try await authority(["digest": "sha512"]).changes == ["digest": "sha512"])
    #expect(try await authority(["digest": "sha512", "serial_number": "0A:0B"]).changes == ["serial_number": "0A:0B"])
  }

  @Test func aRequestCannotMakeItselfAnAuthority() async throws {
    _ = try await key(["name": "/tls/ca.key"])
    _ = try await key()
    _ = try await authority()
    _ = try await request(["basicConstraints": "critical, CA:TRUE"])
    let refused = try await certificate()
    #expect(refused.result == false)
    #expect(refused.comment.contains("CA:TRUE"))
    #expect(!files.exists("/tls/web.crt"))
    #expect(try await certificate(["basicConstraints": ["critical": true, "ca": false]]).result == true)
    #expect(try read("/tls/web.crt").extensions().first { $0.name == "basicConstraints" }?.text == "CA:FALSE")
  }

  @Test func badArgumentsChangeNothing() async throws {
    _ = try await key(["name": "/tls/ca.key"])
    let cases: [ValueMap] = [
      ["ca_server": "ca1"], ["signing_policy": "www"], ["keyUsage": "nonsense"], ["subject": "nonsense"],
      ["subjectAltName": "DNS:a b"], ["days_valid": 0], ["not_after": "tomorrow"], ["serial_number": "xyz"],
      ["signing_private_key": "/tls/none.key"], ["signing_private_key": "relative.key"],
      ["certificatePolicies": "@x"],
    ]
    for more in cases {
      let result = try await authority(more)
      #expect(result.result == false && result.changes.isEmpty, "\(more)")
    }
    #expect(
      try await key(["algo": "ed25519", "keysize": 256]).comment == "keysize is an invalid parameter for ed25519")
    #expect(files.entriesIfPresent("/tls") == ["ca.key"])
  }

  @Test func aRevocationListGrows() async throws {
    _ = try await key(["name": "/tls/ca.key"])
    _ = try await authority()
    func list(_ revoked: Value, _ more: ValueMap = [:], isTest: Bool = false) async throws -> StateResult {
      var named: ValueMap = [
        "name": "/tls/ca.crl", "signing_private_key": "/tls/ca.key", "signing_cert": "/tls/ca.crt",
        "revoked": revoked, "extensions": ["cRLNumber": "auto"],
      ]
      named.merge(more) { $1 }
      return try await apply("x509.crl_managed", named, isTest: isTest)
    }
    func read() throws -> RevocationList { try X509RevocationList.list(files.read("/tls/ca.crl"), name: "it") }
    let first: Value = ["serial_number": "0A:0B", "reason": "keyCompromise", "revocation_date": "2020-01-01 00:00:00"]
    let second: Value = ["serial_number": 12]
    #expect(
      try await list([first])
        == StateResult(
          true, "The certificate revocation list has been created", changes: ["created": "/tls/ca.crl"]))
    #expect(try await list([first]) == StateResult(true, "The certificate revocation list is in the correct state"))
    let changes: ValueMap = ["revocations": ["added": ["0C"], "changed": [], "removed": []]]
    #expect(
      try await list([first, second], isTest: true)
        == StateResult(nil, "The certificate revocation list would have been recreated", changes: changes))
    #expect(try await list([first, second]).changes == changes)
    #expect(try await list([first, second]).changes.isEmpty)
    let made = try read()
    #expect(made.isSigned(by: try PrivateKey(Secret(files.read("/tls/ca.key")))))
    #expect(
      try made.entries().first { $0.serialNumber == [0x0A, 0x0B] }
        == RevokedEntry(serialNumber: [0x0A, 0x0B], date: 1_577_836_800, reason: "keyCompromise"))
    #expect(try made.extensions().map(\.text) == ["2"])
    #expect(
      try await list([second]).changes == ["revocations": ["added": [], "changed": [], "removed": ["0A:0B"]]])
    // What has expired need not be on the list.
    #expect(
      try await list([second, ["serial_number": 13, "not_after": "2020-01-01 00:00:00"]]).changes.isEmpty)
    #expect(try await list([second], ["days_valid": 5]).changes.isEmpty)
    #expect(try await list([second], ["days_remaining": 101]).changes == ["expiration": true])
    #expect(try await list([["serial_number": 14, "reason": "boredom"]]).result == false)
    #expect(try await list([[:]]).comment == "Need serial_number or certificate")
    #expect(try await list(["x"]).result == false)
  }

  @Test func pemIsPutIntoItsProperForm() async throws {
    _ = try await key(["name": "/tls/ca.key"])
    _ = try await authority()
    let text = try files.readText("/tls/ca.crt")
    let messy = "before\n" + text.replacing("\n", with: "\r\n") + "after\n"
    let result = try await apply("x509.pem_managed", ["name": "/tls/copy.pem", "text": .string(messy)])
    #expect(result == StateResult(true, "File /tls/copy.pem updated", changes: ["diff": "New file"]))
    #expect(try files.readText("/tls/copy.pem") == text)
    #expect(
      try await apply("x509.pem_managed", ["name": "/tls/copy.pem", "text": "/tls/ca.crt"]).comment
        == "File /tls/copy.pem is in the correct state")
  }
}
