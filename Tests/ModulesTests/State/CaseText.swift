import OrderedCollections
import Value

/// Texts of cases: lists of lines, placeholders, base64.
enum CaseText {
  /// A string as it is; a list is lines, each with its end.
  static func text(_ value: Value) -> String {
    guard case .list(let lines) = value else { return value.description }
    return lines.map { $0.description + "\n" }.joined()
  }

  /// The value with each string in it replaced, keys too.
  static func replace(_ value: Value, _ change: (String) -> String) -> Value {
    switch value {
    case .string(let text): .string(change(text))
    case .list(let items): .list(items.map { replace($0, change) })
    case .map(let map):
      .map(ValueMap(map.map { (replace($0.key, change), replace($0.value, change)) }, uniquingKeysWith: { $1 }))
    default: value
    }
  }

  /// The value with the keys of each map in it in order.
  static func sorted(_ value: Value) -> Value {
    switch value {
    case .list(let items): return .list(items.map(sorted))
    case .map(let map):
      let pairs = map.sorted { $0.key.description < $1.key.description }.map { ($0.key, sorted($0.value)) }
      return .map(ValueMap(pairs, uniquingKeysWith: { $1 }))
    default: return value
    }
  }

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func bytes(base64 text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var (bits, count): (UInt32, Int) = (0, 0)
    for byte in text.utf8 {
      guard let value = alphabet.firstIndex(of: byte) else { continue }
      bits = bits << 6 | UInt32(value)
      count += 6
      guard count >= 8 else { continue }
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
    }
    return bytes
  }

  static func base64(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = Array(bytes[start..<min(start + 3, bytes.count)])
      let bits = part.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - part.count))
      for index in 0..<4 {
        text.append(index <= part.count ? alphabet[Int(bits >> UInt32(18 - 6 * index) & 63)] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
