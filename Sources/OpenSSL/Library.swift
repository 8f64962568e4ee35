import COpenSSL

/// The host's OpenSSL, mapped when something here is used first. Nothing of a daemon that lives long may use it: a process
/// that has it mapped has to be restarted when the host's OpenSSL is updated.
public enum Library {
  /// What it says of itself, `OpenSSL 3.0.17 1 Jul 2025`.
  public static func version() throws(OpenSSLError) -> String {
    try require()
    return String(cString: ossl_OpenSSL_version(0))
  }

  /// Everything starts with it.
  static func require() throws(OpenSSLError) {
    if let problem = brine_openssl_load() {
      throw OpenSSLError(
        .unavailable,
        "OpenSSL cannot be used: \(String(cString: problem)). Keys and certificates need the package libssl3 or openssl-libs."
      )
    }
    ossl_ERR_clear_error()
  }

  /// The error with the reason that OpenSSL gives.
  static func failure(_ code: OpenSSLError.Code = .failed, _ sentence: String) -> OpenSSLError {
    var reason: String?
    // The first is the innermost.
    for _ in 0..<16 {
      let number = ossl_ERR_get_error()
      if number == 0 { break }
      if reason == nil, let text = ossl_ERR_reason_error_string(number) { reason = String(cString: text) }
    }
    return OpenSSLError(code, reason.map { "\(sentence): \($0)" } ?? sentence)
  }

  static func require(_ isDone: Bool, _ sentence: String) throws(OpenSSLError) {
    guard isDone else { throw failure(.failed, sentence) }
  }

  /// The DER that one of OpenSSL's `i2d_` functions writes.
  static func encode(_ sentence: String, _ body: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32)
    throws(OpenSSLError) -> [UInt8]
  {
    let length = body(nil)
    guard length > 0 else { throw failure(.failed, sentence) }
    var bytes = [UInt8](repeating: 0, count: Int(length))
    let written = bytes.withUnsafeMutableBufferPointer { buffer in
      var next = buffer.baseAddress
      return body(&next)
    }
    guard written == length else { throw failure(.failed, sentence) }
    return bytes
  }

  /// What one of OpenSSL's `d2i_` functions reads from bytes that it must take whole.
  static func decode(_ bytes: [UInt8], _ body: (UnsafeMutablePointer<UnsafePointer<UInt8>?>, Int) -> OpaquePointer?)
    -> (object: OpaquePointer, isWhole: Bool)?
  {
    bytes.withUnsafeBufferPointer { buffer in
      var next = buffer.baseAddress
      guard let object = body(&next, buffer.count) else { return nil }
      return (object, next == buffer.baseAddress.map { $0 + buffer.count })
    }
  }
}
