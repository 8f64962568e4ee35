import CSodium

/// HKDF-SHA256 (RFC 5869) with the labels of HPKE (RFC 9180 §4).
struct KeyDerivation {
  private static let version = Array("HPKE-v1".utf8)
  private static let blockLength = Int(crypto_auth_hmacsha256_BYTES)

  /// Which algorithm asks: what is derived for one is of no use to another.
  let suite: [UInt8]

  /// `LabeledExtract`, 32 bytes.
  func extract(salt: borrowing KeyMaterial, _ label: String, _ input: borrowing KeyMaterial) -> KeyMaterial {
    let result = KeyMaterial(count: Self.blockLength)
    authenticate(key: salt, into: result) { take in
      take(Self.version)
      take(suite)
      take(Array(label.utf8))
      take(input.bytes)
    }
    return result
  }

  /// `LabeledExpand`, for up to 8160 bytes.
  func expand(_ key: borrowing KeyMaterial, _ label: String, _ info: [UInt8], length: Int) -> KeyMaterial {
    let result = KeyMaterial(count: length)
    let block = KeyMaterial(count: Self.blockLength)
    var filled = 0
    var counter: UInt8 = 0
    while filled < length {
      counter += 1
      authenticate(key: key, into: block) { take in
        if counter > 1 { take(block.bytes) }
        take([UInt8(truncatingIfNeeded: length >> 8), UInt8(truncatingIfNeeded: length)])
        take(Self.version)
        take(suite)
        take(Array(label.utf8))
        take(info)
        take([counter])
      }
      let count = min(Self.blockLength, length - filled)
      (result.pointer + filled).update(from: block.pointer, count: count)
      filled += count
    }
    return result
  }

  private struct Message {
    var state = crypto_auth_hmacsha256_state()

    mutating func callAsFunction(_ bytes: [UInt8]) {
      crypto_auth_hmacsha256_update(&state, bytes, UInt64(bytes.count))
    }

    mutating func callAsFunction(_ bytes: UnsafeBufferPointer<UInt8>) {
      guard let base = bytes.baseAddress else { return }
      crypto_auth_hmacsha256_update(&state, base, UInt64(bytes.count))
    }
  }

  private func authenticate(
    key: borrowing KeyMaterial, into code: borrowing KeyMaterial, _ body: (inout Message) -> Void
  ) {
    var message = Message()
    crypto_auth_hmacsha256_init(&message.state, key.pointer, key.count)
    body(&message)
    crypto_auth_hmacsha256_final(&message.state, code.pointer)
    sodium_memzero(&message.state, MemoryLayout<crypto_auth_hmacsha256_state>.size)
  }
}
