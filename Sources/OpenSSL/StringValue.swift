import COpenSSL

/// Reads OpenSSL's strings, numbers and times, which stay their owner's.
enum StringValue {
  static func bytes(_ text: OpaquePointer?) -> [UInt8] {
    guard let text, let data = ossl_ASN1_STRING_get0_data(text) else { return [] }
    return Array(UnsafeBufferPointer(start: data, count: Int(max(0, ossl_ASN1_STRING_length(text)))))
  }

  /// As UTF-8, whatever it is stored as.
  static func text(_ text: OpaquePointer) -> String {
    var converted: UnsafeMutablePointer<UInt8>?
    let count = ossl_ASN1_STRING_to_UTF8(&converted, text)
    defer { brine_openssl_free(converted) }
    guard count >= 0, let converted else {
      ossl_ERR_clear_error()
      return String(decoding: bytes(text), as: UTF8.self)
    }
    return String(decoding: UnsafeBufferPointer(start: converted, count: Int(count)), as: UTF8.self)
  }

  /// Seconds since the epoch; nil for what is no time.
  static func seconds(_ time: OpaquePointer?) -> Int64? {
    var parts = tm()
    guard let time, ossl_ASN1_TIME_to_tm(time, &parts) == 1 else {
      ossl_ERR_clear_error()
      return nil
    }
    return Int64(timegm(&parts))
  }

  /// A time of OpenSSL's for as long as the closure runs.
  static func withTime<Result>(
    _ seconds: Int64, _ body: (OpaquePointer) throws(OpenSSLError) -> Result
  ) throws(OpenSSLError) -> Result {
    guard let time = ossl_ASN1_TIME_set(nil, time_t(seconds)) else {
      throw Library.failure(.failed, "\(seconds) is no time that a certificate can hold")
    }
    defer { ossl_ASN1_STRING_free(time) }
    return try body(time)
  }
}
