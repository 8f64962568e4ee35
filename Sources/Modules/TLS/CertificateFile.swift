import Functions
import HostSystem
import SwiftASN1
import X509

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
    guard String(decoding: bytes.prefix(sizeLimit), as: UTF8.self).contains("-----BEGIN") else {
      return try certificate(der: bytes, name: name)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let documents: [PEMDocument]
    do { documents = try PEMDocument.parseMultiple(pemString: text) } catch {
      throw FunctionError(.failed, "\(name) is not readable PEM: \(error)")
    }
    let document = documents.first { ["CERTIFICATE", "X509 CERTIFICATE"].contains($0.discriminator) }
    guard let document else {
      throw FunctionError(.notFound, "\(name) has no CERTIFICATE block.", hint: blocks(documents))
    }
    return try certificate(der: document.derBytes, name: name)
  }

  static func certificate(der: [UInt8], name: String) throws -> Certificate {
    do { return try Certificate(derEncoded: der) } catch {
      throw FunctionError(.failed, "\(name) is not a readable X.509 certificate: \(error)")
    }
  }

  private static func bytes(_ path: String, _ files: HostFiles) throws -> [UInt8] {
    do { return try files.read(path, limit: sizeLimit) } catch {
      throw FunctionError(error.code == .notFound ? .notFound : .failed, error.message)
    }
  }

  private static func blocks(_ documents: [PEMDocument]) -> String {
    let names = documents.map(\.discriminator)
    return names.isEmpty ? "It has no block at all." : "It has \(names.joined(separator: ", "))."
  }
}
