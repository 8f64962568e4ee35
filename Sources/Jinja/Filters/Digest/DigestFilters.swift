import Hashing
import Value

/// Digests, signatures and chance in digits.
enum DigestFilters {
  static var all: [Filter] {
    [
      digest("md5", "md5_digest") { DigestAlgorithm.md5.hexadecimal(of: $0) },
      digest("sha1", "sha1_digest") { DigestAlgorithm.sha1.hexadecimal(of: $0) },
      digest("sha256", "sha256_digest") { DigestAlgorithm.sha256.hexadecimal(of: $0) },
      digest("sha512", "sha512_digest") { DigestAlgorithm.sha512.hexadecimal(of: $0) },
      digest("base64_encode", "base64_b64encode") { Base64.text($0) },
      Filter("base64_decode", "base64_b64decode") { value, _, evaluation in
        let (bytes, problem) = Base64.decode(try evaluation.bytes(value))
        if let problem { throw TemplateFailure(.operation, problem) }
        return String(validating: bytes, as: UTF8.self).map(TemplateValue.string) ?? .bytes(bytes)
      },
      Filter("hmac", "hmac_signature", .required("shared_secret"), .required("challenge_hmac")) {
        value, given, evaluation in
        let code = try signature(value, given[0], evaluation)
        return .bool(Array(Base64.text(code).utf8) == (try evaluation.bytes(given[1])))
      },
      Filter("hmac_compute", "hmac_compute", .required("shared_secret")) { value, given, evaluation in
        .string(Hexadecimal.text(try signature(value, given[0], evaluation)))
      },
      Filter("uuid", "uuid_") { value, _, evaluation in
        // Version 5, of the name within Salt's own name space.
        let space: [UInt8] = [
          0x91, 0x63, 0x3e, 0xbf, 0x1c, 0x86, 0x5e, 0x33, 0x93, 0x5a, 0x28, 0x06, 0x1f, 0x4b, 0x48, 0x0e,
        ]
        var bytes = Array(DigestAlgorithm.sha1.digest(of: try space + evaluation.bytes(value)).prefix(16))
        bytes[6] = bytes[6] & 0x0f | 0x50
        bytes[8] = bytes[8] & 0x3f | 0x80
        let parts = [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { Hexadecimal.text(bytes[$0]) }
        return .string(parts.joined(separator: "-"))
      },
      Filter("random_hash", "random_hash", .optional("hash_type"), body: randomDigest),
      Filter("rand_str", "random_hash", .optional("hash_type"), body: randomDigest),
      Filter("random_str", "random") { value, _, evaluation in
        let count = try evaluation.integer(value)
        guard count >= 0 else { throw TemplateFailure(.operation, "negative argument not allowed") }
        try evaluation.claim(bytes: count)
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
        return .string(String(Base64.text(bytes).prefix(count)))
      },
    ]
  }

  private static func digest(
    _ name: String, _ function: String, _ body: @escaping ([UInt8]) -> String
  ) -> Filter {
    Filter(name, function) { value, _, evaluation in
      let bytes = try evaluation.bytes(value)
      try evaluation.charge(bytes.count / 64)
      return .string(body(bytes))
    }
  }

  private static func signature(
    _ value: TemplateValue, _ secret: TemplateValue, _ evaluation: Evaluation
  ) throws -> [UInt8] {
    MessageAuthentication.hmacSHA256(try evaluation.bytes(value), key: try evaluation.bytes(secret))
  }

  /// The digest of a number at random.
  private static func randomDigest(
    _ value: TemplateValue, _ given: [TemplateValue], _ evaluation: Evaluation
  ) throws -> TemplateValue {
    let size = try evaluation.integer(value)
    guard size >= 0 else {
      throw TemplateFailure(.operation, "empty range for randrange() (0, \(size + 1), \(size + 1))")
    }
    var generator = SystemRandomNumberGenerator()
    let number = Array(String(Int.random(in: 0...size, using: &generator)).utf8)
    let name = given[0].isNone ? "md5" : try evaluation.text(given[0])
    return .string(try digest(of: number, name))
  }

  /// The digest of that name in Python's `hashlib`.
  static func digest(of bytes: [UInt8], _ name: String) throws -> String {
    guard let algorithm = DigestAlgorithm(rawValue: name) else {
      throw TemplateFailure(
        .operation, "there is no digest '\(name)'", hint: "there are md5, sha1, sha256, sha384 and sha512")
    }
    return algorithm.hexadecimal(of: bytes)
  }
}
