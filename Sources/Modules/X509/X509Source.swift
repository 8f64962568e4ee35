import Functions
import HostSystem
import OpenSSL
import Value

/// Keys, certificates and requests from a path or from text in its place.
struct X509Source {
  let files: HostFiles

  /// How something is written in a file.
  enum Encoding: String { case pem, der }

  func bytes(_ source: String) throws -> [UInt8] {
    if source.contains("-----BEGIN") { return Array(source.replacing("\\n", with: "\n").utf8) }
    guard source.hasPrefix("/") else {
      throw FunctionError(.badArguments, "'\(source.prefix(200))' is neither an absolute path nor PEM text.")
    }
    return try CertificateFile.bytes(source, files)
  }

  static func encoding(of bytes: [UInt8]) -> Encoding { PEMBlock.isPEM(bytes) ? .pem : .der }

  func privateKey(_ source: String, passphrase: String?) throws -> PrivateKey {
    try Self.privateKey(bytes(source), passphrase: passphrase, name: name(source))
  }

  static func privateKey(_ bytes: [UInt8], passphrase: String?, name: String) throws -> PrivateKey {
    do { return try PrivateKey(Secret(bytes), passphrase: passphrase.map { Secret($0) }) } catch {
      guard error.code == .unreadable else { throw FunctionError(error) }
      throw FunctionError(.failed, "\(name): \(error)")
    }
  }

  func certificate(_ source: String) throws -> Certificate {
    try CertificateFile.parse(bytes(source), name: name(source))
  }

  func request(_ source: String) throws -> CertificateRequest {
    try Self.request(bytes(source), name: name(source))
  }

  static func request(_ bytes: [UInt8], name: String) throws -> CertificateRequest {
    var der = bytes
    if PEMBlock.isPEM(bytes) {
      let labels = ["CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"]
      guard let block = try Self.blocks(bytes, name: name).first(where: { labels.contains($0.label) }) else {
        throw FunctionError(.notFound, "\(name) has no CERTIFICATE REQUEST block.")
      }
      der = block.der
    }
    do { return try CertificateRequest(der: der) } catch { throw FunctionError(error) }
  }

  static func blocks(_ bytes: [UInt8], name: String) throws -> [PEMBlock] {
    do { return try PEMBlock.all(in: bytes) } catch {
      throw FunctionError(.failed, "\(name) is not readable PEM: \(error)")
    }
  }

  /// The public key of a public key, a certificate, a private key or a request.
  func publicKey(_ source: String, passphrase: String? = nil) throws -> PublicKey {
    let bytes = try bytes(source)
    // A private key's own fault (its passphrase) is worth more than that it is nothing else either.
    if let label = try? PEMBlock.all(in: bytes).first?.label, label.hasSuffix("PRIVATE KEY") {
      return try Self.privateKey(bytes, passphrase: passphrase, name: name(source)).publicKey()
    }
    if let key = try? PublicKey(bytes) { return key }
    if let key = try? CertificateFile.parse(bytes, name: "").publicKey() { return key }
    if let key = try? Self.request(bytes, name: "").publicKey() { return key }
    if let key = try? PrivateKey(Secret(bytes), passphrase: passphrase.map { Secret($0) }).publicKey() { return key }
    _ = try Library.version()
    throw FunctionError(.failed, "Could not load key as certificate, public key, private key or CSR")
  }

  /// What an error calls it; text may be a secret, a path is not.
  private func name(_ source: String) -> String { source.contains("-----BEGIN") ? "the text given" : source }
}
