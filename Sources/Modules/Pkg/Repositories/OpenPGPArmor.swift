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
    var text = "\(begin)\n\n"
    for start in stride(from: 0, to: packets.count, by: 48) {
      text += base64(packets[start..<min(start + 48, packets.count)]) + "\n"
    }
    let sum = checksum(packets)
    let bytes = [16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> $0) }
    return text + "=\(base64(bytes[...]))\n\(end)\n"
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

  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  private static func base64(_ bytes: ArraySlice<UInt8>) -> String {
    var text: [UInt8] = []
    var rest = bytes
    while !rest.isEmpty {
      let part = Array(rest.prefix(3))
      rest = rest.dropFirst(3)
      let word = (0..<3).reduce(0) { $0 << 8 | Int($1 < part.count ? part[$1] : 0) }
      for index in 0..<4 {
        text.append(index <= part.count ? digits[word >> (18 - 6 * index) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
