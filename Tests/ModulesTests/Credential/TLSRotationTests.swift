import Functions
import HostSystem
import HostSystemTesting
import OpenSSL
import OrderedCollections
import Testing
import Value

@testable import Modules

/// Rotating a key and certificate under a real TLS server on loopback.
@Suite struct TLSRotationTests {
  private static let certificatePath = "/etc/nginx/tls.crt"
  private static let keyPath = "/etc/nginx/tls.key"

  private let host: CredentialTestHost
  private let old: TestCertificate

  init() throws {
    host = try CredentialTestHost()
    old = try TestCertificate()
    try host.files.makeDirectory("/etc/nginx")
    try host.files.write(Self.certificatePath, text: old.pem, mode: 0o644)
    try host.files.write(Self.keyPath, text: old.keyPEM, mode: 0o640)
  }

  /// A systemctl whose reload makes the server read its files again, as nginx does.
  private func reloading(_ server: LoopbackTLSServer) -> ScriptedCommands {
    ScriptedCommands { [host] command in
      guard command.arguments.first == "systemctl" else { return nil }
      guard let certificate = try? host.files.readText(Self.certificatePath),
        let key = try? host.files.readText(Self.keyPath),
        (try? server.load(certificate: certificate, key: key)) != nil
      else { return CommandResult(exit: 1, "", error: "Job for nginx.service failed.") }
      return CommandResult()
    }
  }

  private func rotate(_ context: FunctionContext, _ more: ValueMap = [:]) async throws -> Value {
    var named: ValueMap = [
      "kind": "tls", "certificate": .string(Self.certificatePath), "key": .string(Self.keyPath),
    ]
    named.merge(more) { $1 }
    return try await host.call(CredentialFunctions.rotate, named, context)
  }

  private func served(_ server: LoopbackTLSServer) async throws -> String {
    try await ServedCertificate.fetch(
      host: "127.0.0.1", port: server.port, serverName: nil, timeout: .seconds(60), commands: ScriptedCommands([:])
    ).fingerprint()
  }

  private var namesInNginx: [String] { host.files.entriesIfPresent("/etc/nginx") }

  @Test func theServedCertificateIsTheNewOne() async throws {
    let server = try LoopbackTLSServer(certificate: old.pem, key: old.keyPEM)
    let commands = reloading(server)
    let result = try await rotate(
      host.context(commands, keys: [:]),
      ["reload": "nginx", "check": .string("127.0.0.1:\(server.port)"), "check_timeout": 120])
    #expect(result["result"] == "rotated")
    #expect(result["previous_fingerprint"] == .string(old.certificate.fingerprint()))
    #expect(result["fingerprint"] == .string(try await served(server)))
    #expect(result["fingerprint"] != result["previous_fingerprint"])
    #expect(result["sealed"] == [:])
    #expect(commands.runs == [["systemctl", "reload-or-restart", "--", "nginx"]])
    #expect(namesInNginx == ["tls.crt", "tls.key"])
    #expect(host.files.status(Self.keyPath)?.mode == 0o640)
    #expect(host.files.status(Self.certificatePath)?.mode == 0o644)
    let new = try CertificateFile.first(Self.certificatePath, files: host.files)
    #expect(new.subject.commonName == "web1.example")
    #expect(try new.alternativeNames().compactMap(\.bare) == ["web1.example", "10.0.0.1"])
    let key = try host.files.readText(Self.keyPath)
    #expect(try host.filesHolding(key) == [Self.keyPath])
    #expect(try host.filesHolding(old.keyPEM) == [])
    server.stop()
  }

  @Test(arguments: ["ec", "rsa", "ed25519"])
  func everyKeyTypeIsServed(_ type: String) async throws {
    let server = try LoopbackTLSServer(certificate: old.pem, key: old.keyPEM)
    let result = try await rotate(
      host.context(reloading(server)),
      [
        "key_type": .string(type), "reload": "nginx", "check": .string("127.0.0.1:\(server.port)"),
        "common_name": "db1.example", "sans": "db1.example,192.0.2.7", "days": 10,
      ])
    #expect(result["fingerprint"] == .string(try await served(server)))
    let new = try CertificateFile.first(Self.certificatePath, files: host.files)
    #expect(new.subject.commonName == "db1.example")
    #expect(new.notAfter - new.notBefore == 10 * 86400 + 300)
    server.stop()
  }

  /// The reload says yes, but the server goes on with the old certificate.
  @Test func whatIsNotServedIsRolledBack() async throws {
    let server = try LoopbackTLSServer(certificate: old.pem, key: old.keyPEM)
    let commands = ScriptedCommands(["systemctl": CommandResult()])
    let error = await #expect(throws: FunctionError.self) {
      try await rotate(
        host.context(commands),
        ["reload": "nginx", "check": .string("127.0.0.1:\(server.port)"), "check_timeout": 1])
    }
    #expect(error?.message.contains("rolled back") == true)
    #expect(error?.message.contains("does not serve the new certificate") == true)
    #expect(try host.files.readText(Self.certificatePath) == old.pem)
    #expect(try host.files.readText(Self.keyPath) == old.keyPEM)
    #expect(host.files.status(Self.keyPath)?.mode == 0o640)
    #expect(namesInNginx == ["tls.crt", "tls.key"])
    #expect(commands.runs.count == 2)
    server.stop()
  }

  @Test func aReloadThatFailsIsRolledBack() async throws {
    let count = Counter()
    let commands = ScriptedCommands { _ in
      count.next() == 1 ? CommandResult(exit: 1, "", error: "Job for nginx.service failed.") : CommandResult()
    }
    let error = await #expect(throws: FunctionError.self) {
      try await rotate(host.context(commands), ["reload": "nginx"])
    }
    #expect(error?.message.contains("Job for nginx.service failed.") == true)
    #expect(try host.files.readText(Self.certificatePath) == old.pem)
    #expect(namesInNginx == ["tls.crt", "tls.key"])
  }

  /// Neither the new one nor the old one can be loaded: a person must act, and the old files are back in place.
  @Test func aServiceThatIsDownIsOrphaned() async throws {
    let context = host.context(ScriptedCommands(["systemctl": CommandResult(exit: 1, "", error: "no such unit")]))
    let error = await #expect(throws: FunctionError.self) { try await rotate(context, ["reload": "nginx"]) }
    #expect(error?.message.contains("ORPHANED") == true)
    #expect(try host.files.readText(Self.certificatePath) == old.pem)
    let working = host.context(ScriptedCommands(["systemctl": CommandResult()]))
    await #expect(throws: FunctionError.self) { try await rotate(working, ["reload": "nginx", "retry": true]) }
    #expect(namesInNginx == ["tls.crt", "tls.key"])
    #expect(try await rotate(working, ["reload": "nginx"])["result"] == "rotated")
  }

  @Test func testModeChangesNothing() async throws {
    let result = try await rotate(host.context(ScriptedCommands([:]), isTest: true))
    #expect(result["result"] == "planned")
    #expect(result["previous_fingerprint"] == .string(old.certificate.fingerprint()))
    #expect(namesInNginx == ["tls.crt", "tls.key"])
    #expect(!host.files.exists(RotationLedger.defaultDirectory))
  }

  @Test func aRequestIsIssuedOutsideAndInstalled() async throws {
    let context = host.context(ScriptedCommands([:]))
    let staged = try await rotate(context, ["csr": true, "common_name": "new.example", "sans": "new.example"])
    #expect(staged["result"] == "staged")
    #expect(staged["phases"] == ["generated", "staged"])
    let request = try request(try #require(staged["csr"]?.stringValue))
    #expect(request.subject.commonName == "new.example")
    #expect(try request.isSigned())
    #expect(try host.files.readText(Self.certificatePath) == old.pem)
    #expect(host.files.status("\(Self.keyPath).next-1")?.mode == 0o600)
    // Asked again, it is the same request.
    #expect(try await rotate(context, ["csr": true])["csr"] == staged["csr"])

    let foreign = try TestCertificate()
    await #expect(throws: FunctionError.self) { try await install(foreign.pem, context) }
    #expect(try host.files.readText(Self.certificatePath) == old.pem)

    let issued = try issue(request)
    let result = try await install(issued, context)
    #expect(result["result"] == "rotated")
    #expect(try host.files.readText(Self.certificatePath) == issued)
    #expect(
      result["fingerprint"] == .string(try CertificateFile.first(Self.certificatePath, files: host.files).fingerprint())
    )
    #expect(namesInNginx == ["tls.crt", "tls.key"])
  }

  @Test func aRequestCanBeCancelled() async throws {
    let context = host.context(ScriptedCommands([:]))
    _ = try await rotate(context, ["csr": true])
    let named: ValueMap = ["certificate": .string(Self.certificatePath)]
    #expect(try await host.call(CredentialFunctions.cancel, named, context)["result"] == "cancelled")
    #expect(namesInNginx == ["tls.crt", "tls.key"])
    await #expect(throws: FunctionError.self) { try await host.call(CredentialFunctions.cancel, named, context) }
    #expect(try await rotate(context)["result"] == "rotated")
  }

  @Test func linksAndMissingFilesAreRefused() async throws {
    let context = host.context(ScriptedCommands([:]))
    await #expect(throws: FunctionError.self) { try await rotate(context, ["key": "/etc/nginx/none.key"]) }
    await #expect(throws: FunctionError.self) { try await rotate(context, ["key": .string(Self.certificatePath)]) }
    await #expect(throws: FunctionError.self) { try await rotate(context, ["key": "/etc/nginx"]) }
    await #expect(throws: FunctionError.self) { try await rotate(context, ["check": "localhost"]) }
    await #expect(throws: FunctionError.self) { try await rotate(context, ["sans": "not a name"]) }
    await #expect(throws: FunctionError.self) { try await rotate(context, ["reload": "--root=/"]) }
    await #expect(throws: FunctionError.self) { try await rotate(context, ["self_signed": false]) }
    #expect(!host.files.exists(RotationLedger.defaultDirectory))
  }

  @Test(arguments: [("web1:443", "web1", 443), ("[::1]:8443", "::1", 8443), ("127.0.0.1:1", "127.0.0.1", 1)])
  func readsAnEndpoint(_ text: String, _ name: String, _ port: Int) throws {
    let endpoint = try TLSEndpoint(text)
    #expect(endpoint.host == name)
    #expect(endpoint.port == port)
    #expect(endpoint.description == text)
  }

  private func install(_ pem: String, _ context: FunctionContext) async throws -> Value {
    let named: ValueMap = ["certificate": .string(Self.certificatePath), "certificate_pem": .string(pem)]
    return try await host.call(CredentialFunctions.install, named, context)
  }

  private func request(_ pem: String) throws -> CertificateRequest {
    try CertificateRequest(der: try #require(PEMBlock.all(in: Array(pem.utf8)).first).der)
  }

  /// A certificate authority outside.
  private func issue(_ request: CertificateRequest) throws -> String {
    let authority = try TestCertificate("Example CA")
    let now = RotationTime.now()
    let template = CertificateTemplate(
      subject: request.subject, publicKey: try request.publicKey(), serialNumber: [7], notBefore: now,
      notAfter: now + 86400)
    return try template.signed(with: authority.key.key, authority: authority.certificate).pem
  }
}
