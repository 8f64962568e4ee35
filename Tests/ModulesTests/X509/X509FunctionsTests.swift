import Functions
import HostSystem
import HostSystemTesting
import OpenSSL
import OrderedCollections
import Testing
import Value

@testable import Modules

@Suite struct X509FunctionsTests {
  private let host: DirectoryTestHost
  private var files: HostFiles { host.files }

  init() throws {
    host = try DirectoryTestHost()
    try files.makeDirectory("/tls")
  }

  private func call(_ name: String, _ named: ValueMap, isTest: Bool = false) async throws -> Value {
    try await host.call(X509Functions.all, name, named: named, isTest: isTest)
  }

  /// What Salt 3008 says of the same certificate.
  @Test func readsACertificateAsSaltDoes() async throws {
    try files.write("/tls/web.crt", text: TLSFunctionsTests.openSSLMade)
    let read = try await call("x509.read_certificate", ["certificate": "/tls/web.crt"])
    #expect(read["version"] == 3 && read["key_size"] == 2048 && read["key_type"] == "rsa")
    #expect(read["serial_number"] == "38:B3:B1:8D:45:8B:38:FA:88:B2:F1:0B:D5:D8:76:68:6C:32:BC:2C")
    #expect(read["fingerprints"]?["sha1"] == "3B:DE:0B:F6:D5:6A:E7:43:3D:03:C8:F0:E9:C7:13:CE:19:A1:8C:ED")
    #expect(read["fingerprints"]?["md5"] == "85:9E:98:D0:B0:EE:28:AD:16:0F:6E:BD:91:91:B9:61")
    #expect(
      read["subject"] == ["C": "DE", "O": "Example GmbH", "CN": "web1.example", "MAIL": "root@example.org"])
    #expect(read["subject_hash"] == "5B:36:85:32" && read["issuer_hash"] == "5B:36:85:32")
    #expect(
      read["subject_str"] == "1.2.840.113549.1.9.1=root@example.org,CN=web1.example,O=Example GmbH,C=DE")
    #expect(read["not_before"] == "2026-11-24 04:31:58" && read["not_after"] == "2036-11-21 04:31:58")
    #expect(read["signature_algorithm"] == "sha256WithRSAEncryption")
    let extensions = try #require(read["extensions"])
    #expect(extensions["basicConstraints"] == ["critical": true, "ca": true, "pathlen": .null])
    #expect(
      extensions["keyUsage"]
        == [
          "critical": true, "cRLSign": false, "dataEncipherment": false, "decipherOnly": false,
          "digitalSignature": true, "encipherOnly": false, "keyAgreement": false, "keyCertSign": false,
          "keyEncipherment": true, "nonRepudiation": false,
        ])
    #expect(extensions["extendedKeyUsage"] == ["critical": false, "value": ["serverAuth"]])
    let identifier: Value = "94:F9:F5:54:92:CD:63:B1:F0:AF:50:12:72:9A:61:90:94:20:77:41"
    #expect(extensions["subjectKeyIdentifier"] == ["critical": false, "value": identifier])
    #expect(
      extensions["authorityKeyIdentifier"]
        == ["critical": false, "keyid": identifier, "issuer": .null, "issuer_sn": .null])
    #expect(
      extensions["subjectAltName"]?["value"]
        == [
          "DNS:web1.example", "DNS:*.web1.example", "IP:10.1.2.3", "IP:2001:0db8:0000:0000:0000:0000:0000:0001",
        ])
  }

  @Test func aKeyNeverComesBack() async throws {
    await #expect(throws: FunctionError.self) { try await call("x509.create_private_key", ["algo": "ec"]) }
    let planned = try await call(
      "x509.create_private_key", ["algo": "ec", "path": "/tls/web.key"], isTest: true)
    #expect(planned["result"] == .null)
    #expect(!files.exists("/tls/web.key"))
    #expect(
      try await call("x509.create_private_key", ["algo": "ec", "path": "/tls/web.key"])
        == "PEM written to /tls/web.key")
    #expect(files.status("/tls/web.key")?.mode == 0o600)
    await #expect(throws: FunctionError.self) { try await call("x509.get_pem_entry", ["text": "/tls/web.key"]) }
    #expect(try await call("x509.get_pem_entries", ["glob_path": "/tls/*"]) == [:])
    #expect(try await call("x509.get_private_key_size", ["private_key": "/tls/web.key"]) == 256)
  }

  @Test func makesARequestAndACertificate() async throws {
    _ = try await call("x509.create_private_key", ["algo": "ec", "path": "/tls/ca.key"])
    _ = try await call("x509.create_private_key", ["algo": "rsa", "path": "/tls/web.key"])
    let authority = try await call(
      "x509.create_certificate",
      ["signing_private_key": "/tls/ca.key", "CN": "CA", "basicConstraints": "critical CA:true", "path": "/tls/ca.crt"])
    #expect(authority == "PEM written to /tls/ca.crt")
    let request = try await call(
      "x509.create_csr", ["private_key": "/tls/web.key", "subject": "CN=web1,O=Bäcker\\, Söhne,C=DE"])
    let read = try await call("x509.read_csr", ["csr": request])
    #expect(read["subject"] == ["C": "DE", "O": "Bäcker, Söhne", "CN": "web1"])
    #expect(read["subject_str"] == "CN=web1,O=Bäcker\\, Söhne,C=DE")
    #expect(read["key_type"] == "rsa" && read["key_size"] == 2048)
    let certificate = try await call(
      "x509.create_certificate",
      [
        "signing_private_key": "/tls/ca.key", "signing_cert": "/tls/ca.crt", "csr": request, "CN": "web1",
        "extendedKeyUsage": ["serverAuth", "clientAuth"], "append_certs": ["/tls/ca.crt"], "days_valid": 20,
      ])
    let pem = try #require(certificate.stringValue)
    #expect(try PEMBlock.all(in: Array(pem.utf8)).count == 2)
    for (public_, isPair) in [(certificate, true), (request, true), ("/tls/ca.crt", false)] as [(Value, Bool)] {
      #expect(
        try await call("x509.verify_private_key", ["private_key": "/tls/web.key", "public_key": public_])
          == .bool(isPair))
    }
    #expect(
      try await call("x509.verify_signature", ["certificate": certificate, "signing_pub_key": "/tls/ca.crt"]) == true)
    #expect(try await call("x509.verify_signature", ["certificate": certificate]) == false)
    #expect(try await call("x509.verify_signature", ["certificate": "/tls/ca.crt"]) == true)
    #expect(try await call("x509.expires", ["certificate": certificate, "days": 19]) == false)
    #expect(try await call("x509.expires", ["certificate": certificate, "days": 21]) == true)
    #expect(
      try await call("x509.will_expire", ["certificate": "/tls/ca.crt", "days": 10])
        == ["check_days": 10, "path": "/tls/ca.crt", "cn": "CA", "will_expire": false])
    #expect(
      try await call("x509.get_public_key", ["key": certificate])
        == (try await call("x509.get_public_key", ["key": "/tls/web.key"])))
    #expect(try await call("x509.get_pem_entry", ["text": certificate]).stringValue.map { pem.hasPrefix($0) } == true)
  }

  @Test func makesARevocationList() async throws {
    _ = try await call("x509.create_private_key", ["algo": "ec", "path": "/tls/ca.key"])
    _ = try await call(
      "x509.create_certificate", ["signing_private_key": "/tls/ca.key", "CN": "CA", "path": "/tls/ca.crt"])
    let list = try await call(
      "x509.create_crl",
      [
        "signing_private_key": "/tls/ca.key", "signing_cert": "/tls/ca.crt",
        "revoked": [["certificate": "/tls/ca.crt", "reason": "superseded"]], "extensions": ["cRLNumber": 3],
      ])
    let read = try await call("x509.read_crl", ["crl": list])
    #expect(read["issuer"] == ["CN": "CA"])
    #expect(read["extensions"] == ["cRLNumber": ["critical": false, "value": 3]])
    let entry = try #require(read["revoked_certificates"]?.mapValue?.elements.first?.value)
    #expect(entry["extensions"] == ["CRLReason": ["critical": false, "value": "superseded"]])
    #expect(try await call("x509.verify_crl", ["crl": list, "cert": "/tls/ca.crt"]) == true)
  }

  @Test(
    arguments: [
      ("certificatePolicies", "1.2.3.4", "Policy: 1.2.3.4"), ("inhibitAnyPolicy", 2, "2"),
      ("policyConstraints", ["requireExplicitPolicy": 3], "Require Explicit Policy:3"),
      ("nameConstraints", "permitted;DNS:.example.org", "Permitted:, DNS:.example.org"),
      ("tlsfeature", "status_request", "status_request"), ("nsComment", "hello", "hello"),
      ("authorityInfoAccess", "OCSP;URI:http://ocsp.example/", "OCSP - URI:http://ocsp.example/"),
      ("authorityInfoAccess", [["OCSP": "URI:http://ocsp.example/"]], "OCSP - URI:http://ocsp.example/"),
      ("crlDistributionPoints", ["URI:http://x.example/crl.pem"], "Full Name:, URI:http://x.example/crl.pem"),
    ] as [(String, Value, Value)])
  func extensionsAreGivenAsTextListOrMap(_ name: String, _ value: Value, _ text: Value) async throws {
    _ = try await call("x509.create_private_key", ["algo": "ec", "path": "/tls/ca.key"])
    let certificate = try await call(
      "x509.create_certificate", ["signing_private_key": "/tls/ca.key", "CN": "CA", .string(name): value])
    let read = try await call("x509.read_certificate", ["certificate": certificate])
    #expect(read["extensions"]?[name]?["value"] == text)
  }

  @Test(
    arguments: [
      ("x509.read_certificate", ["certificate": "/tls/none"]), ("x509.read_certificate", ["certificate": "hello"]),
      ("x509.read_csr", ["csr": "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----"]),
      ("x509.get_public_key", ["key": "-----BEGIN X-----\nAAAA\n-----END X-----"]),
      ("x509.get_pem_entry", ["text": "-----BEGIN X-----\nAAAA\n"]),
      ("x509.create_certificate", ["CN": "x"]), ("x509.create_csr", ["private_key": "/tls/none.key", "CN": "x"]),
      ("x509.write_pem", ["text": "-----BEGIN X-----\nAAAA\n-----END X-----", "path": "relative"]),
    ] as [(String, ValueMap)])
  func badInputIsRefused(_ name: String, _ named: ValueMap) async throws {
    await #expect(throws: FunctionError.self) { try await call(name, named) }
  }
}
