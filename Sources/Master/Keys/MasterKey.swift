import Glibc
import HostSystem
import Value
import ZeroMQ

/// The master's key on disk: `master.key` (0600), and `master.pub` for people who want to compare.
enum MasterKey {
  static func loadOrMake(directory: String, files: HostFiles) throws -> CurveKeyPair {
    let path = "\(directory)/master.key"
    if let status = files.status(path) {
      guard status.mode & 0o077 == 0 else {
        throw HostError(.permissionDenied, "\(path) can be read by others: chmod 600 \(path)")
      }
      let bytes = try files.read(path, limit: 64)
      guard let pair = CurveKeyPair(secretKey: Secret(bytes)) else {
        throw HostError(.invalid, "\(path) is not a master key (32 bytes); restore it from a backup")
      }
      return pair
    }
    try files.makeDirectory(directory, mode: 0o755)
    let pair = CurveKeyPair.generate()
    try pair.secretKey.withBytes { bytes throws(HostError) in try files.write(path, bytes, mode: 0o600) }
    try files.write("\(directory)/master.pub", text: "\(pair.publicKey)\n", mode: 0o644)
    return pair
  }
}
