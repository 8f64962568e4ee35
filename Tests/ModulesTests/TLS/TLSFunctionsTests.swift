import Functions
import Glibc
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value

@testable import Modules

@Suite struct TLSFunctionsTests {
  private let host: CredentialTestHost

  init() throws { host = try CredentialTestHost() }

  private func call(_ name: String, _ named: ValueMap) async throws -> Value {
    let registry = FunctionRegistry(TLSFunctions.all)
    return try await registry.call(name, CallArguments(named: named), host.context(ScriptedCommands([:])))
  }

  @Test func readsACertificateThatOpenSSLMade() async throws {
    try host.files.write("/etc/web.crt", text: Self.openSSLMade)
    let info = try await call("tls.cert_info", ["cert": "/etc/web.crt"])
    #expect(
      info["fingerprint"]
        == "37:83:8F:B0:E3:1D:95:3C:C3:31:CE:53:8D:CF:F9:4C:DE:20:10:EA:73:C0:C3:BB:31:B6:E5:E5:9C:78:4A:DF"
    )
    #expect(
      info["subject"] == ["C": "DE", "O": "Example GmbH", "CN": "web1.example", "emailAddress": "root@example.org"])
    #expect(info["issuer"] == info["subject"])
    #expect(info["serial_number"] == "323710783503535268952151009264119215051867601964")
    #expect(info["not_before"] == 1_795_494_718)
    #expect(info["not_after"] == 2_110_854_718)
    #expect(info["subject_alt_names"] == ["web1.example", "*.web1.example", "10.1.2.3", "2001:db8::1"])
    #expect(info["signature_algorithm"] == "sha256WithRSAEncryption")
    let extensions = try #require(info["extensions"])
    #expect(
      extensions["subjectAltName"]
        == "DNS:web1.example, DNS:*.web1.example, IP Address:10.1.2.3, IP Address:2001:db8::1")
    #expect(extensions["basicConstraints"] == "CA:TRUE")
    #expect(extensions["keyUsage"] == "Digital Signature, Key Encipherment")
    #expect(extensions["extendedKeyUsage"] == "TLS Web Server Authentication")
  }

  @Test func takesTheTextInPlaceOfAPath() async throws {
    let info = try await call("tls.cert_info", ["cert": .string("\n" + Self.openSSLMade), "digest": "sha1"])
    #expect(info["fingerprint"] == "3B:DE:0B:F6:D5:6A:E7:43:3D:03:C8:F0:E9:C7:13:CE:19:A1:8C:ED")
  }

  @Test func readsDER() async throws {
    let made = try TestCertificate()
    try host.files.write("/etc/web.der", made.certificate.der)
    let info = try await call("tls.cert_info", ["cert": "/etc/web.der"])
    #expect(info["fingerprint"] == .string(made.certificate.fingerprint()))
    #expect(info["signature_algorithm"] == "ecdsa-with-SHA256")
  }

  @Test func findsTheCertificateBehindTheKeyInABundle() async throws {
    let made = try TestCertificate()
    try host.files.write("/etc/bundle.pem", text: made.keyPEM + made.pem)
    let info = try await call("tls.cert_info", ["cert": "/etc/bundle.pem"])
    #expect(info["subject"]?["CN"] == "web1.example")
  }

  @Test(arguments: [
    "", "hello", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", "-----BEGIN CERTIFICATE-----",
    "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "\0\u{1}\u{2}",
    "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
  ])
  func whatIsNoCertificateIsAnError(_ text: String) async throws {
    try host.files.write("/etc/odd", text: text)
    await #expect(throws: FunctionError.self) { try await call("tls.cert_info", ["cert": "/etc/odd"]) }
  }

  @Test func aMissingFileIsNotFound() async {
    let error = await #expect(throws: FunctionError.self) { try await call("tls.cert_info", ["cert": "/etc/none"]) }
    #expect(error?.code == .notFound)
  }

  @Test func countsTheDaysThatAreLeft() async throws {
    let made = try TestCertificate(days: 30)
    let fresh = try await call("tls.cert_expiry", ["cert": .string(made.pem)])
    #expect(fresh["expired"] == false)
    #expect([29, 30].contains(fresh["days_left"]?.intValue ?? 0))
    let old = try TestCertificate(now: RotationTime.now() - 100 * 86400, days: 30)
    let expired = try await call("tls.cert_expiry", ["cert": .string(old.pem)])
    #expect(expired["expired"] == true)
    #expect((-71 ... -70).contains(expired["days_left"]?.intValue ?? 0))
  }

  @Test(arguments: NewKey.KeyType.allCases)
  func seesWhatAServerPresents(_ type: NewKey.KeyType) async throws {
    let made = try TestCertificate(type: type)
    let server = try LoopbackTLSServer(certificate: made.pem, key: made.keyPEM)
    let info = try await call("tls.served_cert", ["host": "127.0.0.1", "port": .integer(server.port), "timeout": 60])
    #expect(info["fingerprint"] == .string(made.certificate.fingerprint()))
    server.stop()
  }

  @Test func aServerThatSaysNothingIsGivenUp() async throws {
    let (silent, port) = try LoopbackTLSServer.listen()
    let error = await #expect(throws: FunctionError.self) {
      try await call("tls.served_cert", ["host": "127.0.0.1", "port": .integer(port), "timeout": 0.2])
    }
    #expect(error?.code == .timedOut)
    close(silent)
    await #expect(throws: FunctionError.self) {
      try await call("tls.served_cert", ["host": "127.0.0.1", "port": .integer(port), "timeout": 2])
    }
  }

  static let openSSLMade = """
    -----BEGIN CERTIFICATE-----
    MIIEATCCAumgAwIBAgIUOLOxjUWLOPqIsvEL1dh2aGwyvCwwDQYJKoZIhvcNAQEL
    BQAwXDELMAkGA1UEBhMCREUxFTATBgNVBAoMDEV4YW1wbGUgR21iSDEVMBMGA1UE
    AwwMd2ViMS5leGFtcGxlMR8wHQYJKoZIhvcNAQkBFhByb290QGV4YW1wbGUub3Jn
    MB4XDTI2MTEyNDA0MzE1OFoXDTM2MTEyMTA0MzE1OFowXDELMAkGA1UEBhMCREUx
    FTATBgNVBAoMDEV4YW1wbGUgR21iSDEVMBMGA1UEAwwMd2ViMS5leGFtcGxlMR8w
    HQYJKoZIhvcNAQkBFhByb290QGV4YW1wbGUub3JnMIIBIjANBgkqhkiG9w0BAQEF
    AAOCAQ8AMIIBCgKCAQEAne3AudAgS5Mh0Krg8fT+v1thzMlSGv89U6taFJ4XI3Wa
    o2MmJffvQZwmRe9t9jC5uYD87jfViEPiBRIPYUBG/ROTP1GsTAqLAoIdEnP/g6wh
    d8Sv7+ojVa4ZEKUrRkDRleBv94hPabTR4WXNR/rBhA5wcHHDdMBGRK7syA4HZd9p
    R41WdGLCkzv0t5Fe1IDwwUYgrFMh2WyTyXq+qfOyUqq2qhDtlSlwGPM3lqNDy9aq
    JTLTk5aoDqIcFVmP0FpHJBfMveLTue8QwgZItBiBHDKeO+JhzxILbKSC4WFpHXal
    Nx3IhN68jSTB+7yMBWTJeY6aDPJcGt1v8eyo0T+27wIDAQABo4G6MIG3MB0GA1Ud
    DgQWBBSU+fVUks1jsfCvUBJymmGQlCB3QTAfBgNVHSMEGDAWgBSU+fVUks1jsfCv
    UBJymmGQlCB3QTAPBgNVHRMBAf8EBTADAQH/MD8GA1UdEQQ4MDaCDHdlYjEuZXhh
    bXBsZYIOKi53ZWIxLmV4YW1wbGWHBAoBAgOHECABDbgAAAAAAAAAAAAAAAEwDgYD
    VR0PAQH/BAQDAgWgMBMGA1UdJQQMMAoGCCsGAQUFBwMBMA0GCSqGSIb3DQEBCwUA
    A4IBAQBDn9AYAC9fSUUnEc7E3MI/gcudNg0sNk88HWkfiGe/QYvbUViDMxH4Cnb+
    u9xO/ryryDMfxe1be26nG647c0f9oMQXGFI/t2UiDT3TTPuOY7DQqcTsoIdXIrbS
    3t7P2StZWl2mtdaSCikcUC554cxHwwRUsIx1N9N/nhgGnQkX2hwi2Qp54mfv6jWu
    RLp6ztvWHy06SiQY+XK3ztbhjjkvfpWKQ1yJDkkSYlmISM0Qt+3dk7eVFYxLPX5o
    KnlG1bGHYWsx7uFv7bYy6cEfC7+Zia55bVo/jxfWU2XC9P8qAHjh0t/jXWiCge1R
    aXjqDKyEJr9j5aBOEYVOafnLOmYZ
    -----END CERTIFICATE-----
    """
}
