import Functions
import OpenSSL
import Value

/// A private key as `x509.create_private_key` and `x509.private_key_managed` are asked for it.
struct X509PrivateKey {
  static let parameters: [Parameter] = [
    .optional("algo", .string, default: "rsa", "The kind of key.", choices: ["rsa", "ec", "ed25519", "ed448"]),
    .optional("keysize", .int, "rsa: 2048 (when not given) to 16384; ec: 256 (when not given), 384 or 521."),
  ]

  let algorithm: String
  /// Bits; nil for the kinds that have one size only.
  let size: Int?
  let passphrase: String?
  let encoding: X509Source.Encoding
  private let kind: KeyKind

  init(_ arguments: Arguments) throws(FunctionError) {
    algorithm = arguments.string("algo")
    passphrase = arguments.optionalString("passphrase")
    encoding = X509Source.Encoding(rawValue: arguments.string("encoding")) ?? .pem
    let given = arguments.int("keysize")
    switch algorithm {
    case "rsa":
      let bits = given ?? 2048
      guard (2048...16384).contains(bits) else {
        throw FunctionError(.badArguments, "An RSA key has 2048 to 16384 bits, not \(bits).")
      }
      (size, kind) = (bits, .rsa(bits: bits))
    case "ec":
      let bits = given ?? 256
      guard let curve = KeyKind.Curve(rawValue: "P-\(bits)") else {
        throw FunctionError(.badArguments, "A key on a curve has 256, 384 or 521 bits, not \(bits).")
      }
      (size, kind) = (bits, .ec(curve))
    default:
      guard given == nil else { throw FunctionError(.badArguments, "keysize is an invalid parameter for \(algorithm)") }
      (size, kind) = (nil, algorithm == "ed448" ? .ed448 : .ed25519)
    }
    guard encoding == .pem || passphrase == nil else {
      throw FunctionError(.badArguments, "A key in DER is not encrypted here: leave out the passphrase, or write PEM.")
    }
  }

  /// A new key as the file is to hold it.
  func make() throws -> Secret { try encoded(PrivateKey.generate(kind)) }

  func encoded(_ key: PrivateKey) throws -> Secret {
    encoding == .der ? try key.der() : try key.pem(passphrase: passphrase.map { Secret($0) })
  }
}
