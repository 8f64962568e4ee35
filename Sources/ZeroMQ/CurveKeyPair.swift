import CZeroMQ
import Glibc
public import Value

/// A CURVE key pair. The secret half cannot be printed.
public struct CurveKeyPair: Sendable {
  public let publicKey: CurveKey
  /// 32 bytes.
  public let secretKey: Secret

  /// A new pair from the system's random numbers.
  public static func generate() -> CurveKeyPair {
    var publicText = [CChar](repeating: 0, count: 41)
    var secretText = [CChar](repeating: 0, count: 41)
    var secret = [UInt8](repeating: 0, count: 32)
    guard zmq_curve_keypair(&publicText, &secretText) == 0, zmq_z85_decode(&secret, secretText) != nil,
      let key = CurveKey(String(decoding: publicText.prefix(40).map { UInt8(bitPattern: $0) }, as: UTF8.self))
    else { preconditionFailure("libzmq was built without CURVE") }
    defer {
      explicit_bzero(&secretText, secretText.count)
      explicit_bzero(&secret, secret.count)
    }
    return CurveKeyPair(publicKey: key, secretKey: Secret(secret))
  }

  /// The pair of a secret key.
  ///
  /// - Returns: nil unless it has 32 bytes.
  public init?(secretKey: Secret) {
    guard secretKey.count == 32 else { return nil }
    var publicText = [CChar](repeating: 0, count: 41)
    let status = secretKey.withBytes { zmq_curve_public(&publicText, CurveKey.z85($0)) }
    guard status == 0,
      let key = CurveKey(String(decoding: publicText.prefix(40).map { UInt8(bitPattern: $0) }, as: UTF8.self))
    else { return nil }
    self.init(publicKey: key, secretKey: secretKey)
  }

  private init(publicKey: CurveKey, secretKey: Secret) {
    self.publicKey = publicKey
    self.secretKey = secretKey
  }
}
