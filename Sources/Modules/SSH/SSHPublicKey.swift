import Functions
import Hashing
import Value

/// The base64 text of a public key.
struct SSHPublicKey: Sendable, Hashable {
  let bytes: [UInt8]

  /// Nil when the text is not base64 to the letter, as Salt has it.
  init?(_ text: String) {
    let digits = text.utf8.reversed().drop { $0 == UInt8(ascii: "=") }
    let padding = text.utf8.count - digits.count
    guard !text.isEmpty, text.utf8.count.isMultiple(of: 4), padding <= 2, text.utf8.count <= 65536,
      digits.allSatisfy(Self.isDigit), let bytes = Base64.bytes(of: text), !bytes.isEmpty
    else { return nil }
    self.bytes = bytes
  }

  /// The type that the key itself says it is of (RFC 4253, 6.6); nil when it says none.
  var type: String? { SSHWire(bytes).string().flatMap { String(validating: $0, as: UTF8.self) } }

  /// `aa:bb:…` with a hash of its own, SHA-256 unless another is named.
  func fingerprint(_ hash: String?) throws(FunctionError) -> String {
    let name = hash.map { $0.lowercased() } ?? ""
    guard let algorithm = DigestAlgorithm(rawValue: name.isEmpty ? "sha256" : name) else {
      throw FunctionError(
        .badArguments, "The fingerprint_hash_type \(name) is not supported.",
        hint: "It is one of sha256, sha384, sha512, sha1, md5.")
    }
    return algorithm.digest(of: bytes).map { Hexadecimal.text([$0]) }.joined(separator: ":")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"):
      true
    default: false
    }
  }
}
