public import HostSystem
import Value
public import ZeroMQ

/// The host's key on disk: `minion.key`, 32 bytes, 0600.
public enum MinionKey {
  /// - Throws: `HostError` when the host has not joined.
  public static func load(directory: String) throws(HostError) -> CurveKeyPair {
    let path = "\(directory)/minion.key"
    if let status = HostFiles().status(path), status.mode & 0o077 != 0 {
      throw HostError(.permissionDenied, "\(path) can be read by others: chmod 600 \(path)")
    }
    let bytes = try HostFiles().read(path, limit: 64)
    guard let pair = CurveKeyPair(secretKey: Secret(bytes)) else {
      throw HostError(.invalid, "\(path) is not a minion's key (32 bytes); remove it and join again")
    }
    return pair
  }

  static func loadOrMake(directory: String) throws(HostError) -> CurveKeyPair {
    let files = HostFiles()
    if files.exists("\(directory)/minion.key") { return try load(directory: directory) }
    try files.makeDirectory(directory, mode: 0o755)
    let pair = CurveKeyPair.generate()
    try pair.secretKey.withBytes { bytes throws(HostError) in
      try files.write("\(directory)/minion.key", bytes, mode: 0o600)
    }
    return pair
  }
}
