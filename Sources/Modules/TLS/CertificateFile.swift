import Functions
import HostSystem
import OpenSSL
import Value

/// Reads certificates from PEM or DER, of a file or of an argument.
enum CertificateFile {
  /// No certificate with its chain is larger.
  static let sizeLimit = 1 << 20

  /// The first certificate of a path, or of PEM text given in its place.
  static func first(_ pathOrText: String, files: HostFiles) throws -> Certificate {
    guard pathOrText.contains("-----BEGIN") else { return try parse(bytes(pathOrText, files), name: pathOrText) }
    return try parse(Array(pathOrText.utf8), name: "the certificate given")
  }

  /// The first certificate of a file's bytes.
  static func parse(_ bytes: [UInt8], name: String) throws -> Certificate {
    guard PEMBlock.isPEM(bytes) else { return try certificate(der: bytes, name: name) }
    let blocks: [PEMBlock]
    do { blocks = try PEMBlock.all(in: bytes) } catch {
      throw FunctionError(.failed, "\(name) is not readable PEM: \(error)")
    }
    let block = blocks.first { ["CERTIFICATE", "X509 CERTIFICATE"].contains($0.label) }
    guard let block else {
      throw FunctionError(.notFound, "\(name) has no CERTIFICATE block.", hint: labels(blocks))
    }
    return try certificate(der: block.der, name: name)
  }

  static func certificate(der: [UInt8], name: String) throws -> Certificate {
    do { return try Certificate(der: der) } catch {
      guard error.code == .unreadable else { throw FunctionError(error) }
      throw FunctionError(.failed, "\(name) is not a readable X.509 certificate: \(error)")
    }
  }

  static func bytes(_ path: String, _ files: HostFiles) throws -> [UInt8] {
    do { return try files.read(path, limit: sizeLimit) } catch {
      throw FunctionError(error.code == .notFound ? .notFound : .failed, error.message)
    }
  }

  private static func labels(_ blocks: [PEMBlock]) -> String {
    let names = blocks.map(\.label)
    return names.isEmpty ? "It has no block at all." : "It has \(names.joined(separator: ", "))."
  }
}
