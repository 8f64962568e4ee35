import Functions
import Hashing
import HostSystem
import Value

/// One or several OpenPGP public keys (RFC 9580), as repositories are signed with. Nothing else is taken for one: not a
/// page that says "not found", not a private key, not GnuPG's keybox, which apt cannot read.
struct OpenPGPKey: Sendable, Hashable {
  /// Far more than any repository's keys.
  static let limit = 1 << 20

  /// The packets.
  private(set) var bytes: [UInt8]
  /// Of the primary keys, in upper case, in their order.
  private(set) var fingerprints: [String]

  init(_ data: [UInt8], from place: String) throws(FunctionError) {
    func refusal(_ reason: String) -> FunctionError {
      FunctionError(.badArguments, "\(place) is no OpenPGP public key: \(reason).")
    }
    guard data.count <= Self.limit else { throw refusal("it has more than \(Self.limit) bytes") }
    if OpenPGPArmor.isPrivate(data) { throw refusal("it is a private key, which belongs on no host") }
    guard let packets = OpenPGPArmor.isArmored(data) ? OpenPGPArmor.decoded(data) : data else {
      throw refusal("its armor is damaged")
    }
    if packets.count > 12, Array(packets[8..<12]) == Array("KBXf".utf8) {
      throw refusal("it is a GnuPG keybox; export the key with `gpg --export`")
    }
    var fingerprints: [String] = []
    var rest = packets[...]
    while !rest.isEmpty {
      guard let packet = OpenPGPPacket(&rest) else { throw refusal("it has no readable packets") }
      if packet.tag == 5 { throw refusal("it is a private key, which belongs on no host") }
      guard packet.tag == 6 else {
        if fingerprints.isEmpty { throw refusal("it does not begin with a key") }
        continue
      }
      guard let fingerprint = Self.fingerprint(packet.body) else { throw refusal("its version is not known") }
      fingerprints.append(fingerprint)
    }
    guard !fingerprints.isEmpty else { throw refusal("it is empty") }
    (bytes, self.fingerprints) = (packets, fingerprints)
  }

  var fingerprint: String { fingerprints.joined(separator: ",") }

  /// The content of a key file: apt goes by the name, `.asc` is armored and everything else is not.
  func content(for path: String) -> [UInt8] {
    path.hasSuffix(".asc") ? Array(OpenPGPArmor.encoded(bytes).utf8) : bytes
  }

  /// Whether a key id, long or short, or a fingerprint means one of the keys.
  func has(_ id: String) -> Bool {
    let id = Self.bare(id)
    return fingerprints.contains { $0.hasSuffix(id) || ($0.count == 64 && $0.hasPrefix(id)) }
  }

  /// `0x…` in any case, as hexadecimal digits in upper case.
  static func bare(_ id: String) -> String {
    (id.lowercased().hasPrefix("0x") ? String(id.dropFirst(2)) : id).filter { $0 != " " }.uppercased()
  }

  static func isID(_ id: String) -> Bool {
    let id = bare(id)
    return [8, 16, 32, 40, 64].contains(id.count)
      && id.utf8.allSatisfy { byte in
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte)
      }
  }

  private static func fingerprint(_ body: ArraySlice<UInt8>) -> String? {
    let count = body.count
    let wide = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) }
    switch body.first {
    case 4: return hex(.sha1, [0x99] + wide[2...] + body)
    case 5: return hex(.sha256, [0x9A] + wide + body)
    case 6: return hex(.sha256, [0x9B] + wide + body)
    default: return nil
    }
  }

  private static func hex(_ algorithm: DigestAlgorithm, _ bytes: [UInt8]) -> String {
    algorithm.hexadecimal(of: bytes).uppercased()
  }
}
