public import HostSystem
import OrderedCollections
public import Sealing
import Value
public import ZeroMQ

/// An operator's key file: who they are, where the master is and which key it must have. Mode 0600.
public struct OperatorIdentity: Sendable {
  public var name: String
  /// `ipc://…` on the master, `tcp://HOST:4512` elsewhere.
  public var endpoint: String
  public var masterKey: CurveKey
  public var keys: CurveKeyPair
  /// New secrets are sealed to this key's public half.
  public var sealingKey: SealingKey

  /// A new identity.
  public static func generate(name: String, endpoint: String, masterKey: CurveKey) -> OperatorIdentity {
    OperatorIdentity(
      name: name, endpoint: endpoint, masterKey: masterKey, keys: .generate(), sealingKey: SealingKey())
  }

  /// Writes the key file, readable by its owner alone.
  public func save(_ path: String, files: HostFiles = HostFiles()) throws(HostError) {
    var fields: ValueMap = [
      "name": .string(name), "endpoint": .string(endpoint), "master_key": .string(masterKey.description),
    ]
    fields["secret_key"] = keys.secretKey.withBytes { .string(Base64URL.encode($0)) }
    fields["sealing_key"] = sealingKey.rawBytes.withBytes { .string(Base64URL.encode($0)) }
    try files.write(path, text: JSONWriter.pretty(.map(fields)) + "\n", mode: 0o600)
  }

  /// Reads a key file.
  ///
  /// - Throws: `HostError` when it is missing, not an operator's key, or readable by others.
  public static func load(_ path: String, files: HostFiles = HostFiles()) throws(HostError) -> OperatorIdentity {
    guard let status = files.status(path) else {
      throw HostError(.notFound, "there is no operator key at \(path)")
    }
    guard status.mode & 0o077 == 0 else {
      throw HostError(.permissionDenied, "\(path) can be read by others: chmod 600 \(path)")
    }
    let text = try files.readText(path, limit: 16_384)
    guard let fields = try? JSONParser.parse(text), let name = fields["name"]?.stringValue,
      let endpoint = fields["endpoint"]?.stringValue,
      let masterKey = fields["master_key"]?.stringValue.flatMap({ CurveKey($0) }),
      let secret = fields["secret_key"]?.stringValue.flatMap({ Base64URL.decode($0.utf8) }),
      let keys = CurveKeyPair(secretKey: Secret(secret)),
      let sealing = fields["sealing_key"]?.stringValue.flatMap({ Base64URL.decode($0.utf8) }),
      let sealingKey = try? SealingKey(Secret(sealing))
    else { throw HostError(.invalid, "\(path) is not an operator's key file") }
    return OperatorIdentity(
      name: name, endpoint: endpoint, masterKey: masterKey, keys: keys, sealingKey: sealingKey)
  }
}
