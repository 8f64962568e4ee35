import HostSystem
import Value

/// ASCII armor of OpenPGP keys (RFC 9580, 6).
enum OpenPGPArmor {
  private static let begin = "-----BEGIN PGP PUBLIC KEY BLOCK-----"
  private static let end = "-----END PGP PUBLIC KEY BLOCK-----"

  static func isArmored(_ data: [UInt8]) -> Bool { String(decoding: data, as: UTF8.self).contains(begin) }

  static func isPrivate(_ data: [UInt8]) -> Bool {
    String(decoding: data, as: UTF8.self).contains("-----BEGIN PGP PRIVATE KEY BLOCK-----")
  }

  /// The packets of all blocks; nil where one is damaged.
  static func decoded(_ data: [UInt8]) -> [UInt8]? {
    var packets: [UInt8] = []
    var lines = String(decoding: data, as: UTF8.self).splitLines()[...]
    while let start = lines.firstIndex(where: { $0.trimmed() == begin }) {
      lines = lines[(start + 1)...]
      guard let stop = lines.firstIndex(where: { $0.trimmed() == end }) else { return nil }
      // Headers go up to an empty line.
      let head = lines[..<stop].firstIndex { $0.trimmed().isEmpty } ?? lines.startIndex
      let body = lines[head..<stop].map { $0.trimmed() }.filter { !$0.isEmpty && !$0.hasPrefix("=") }
      guard let block = Base64.bytes(of: body.joined()), !block.isEmpty else { return nil }
      packets += block
      lines = lines[(stop + 1)...]
    }
    return packets.isEmpty ? nil : packets
  }

  static func encoded(_ packets: [UInt8]) -> String {
    let sum = checksum(packets)
    let bytes = [16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> $0) }
    return "\(begin)\n\n\(Base64.lines(packets, width: 64))=\(Base64.text(bytes))\n\(end)\n"
  }

  /// CRC-24 of RFC 9580, 6.1.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = 0xB704CE
    for byte in bytes {
      sum ^= UInt32(byte) << 16
      for _ in 0..<8 {
        sum <<= 1
        if sum & 0x100_0000 != 0 { sum ^= 0x186_4CFB }
      }
    }
    return sum & 0xFF_FFFF
  }
}
