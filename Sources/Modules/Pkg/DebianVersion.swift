/// A Debian package version (`[epoch:]upstream[-revision]`), ordered as deb-version(7) says.
///
/// Not `Hashable`: `1.0` and `1.00` are equal but have different texts.
public struct DebianVersion: Sendable, Comparable, CustomStringConvertible {
  public var epoch: UInt64
  public var upstream: String
  public var revision: String
  public let description: String

  /// - Returns: nil for what dpkg would refuse: an empty text, white space, an epoch that is no number.
  public init?(_ text: String) {
    guard !text.isEmpty, text.utf8.allSatisfy(Self.isAllowed) else { return nil }
    description = text
    var rest = text[...]
    epoch = 0
    if let colon = rest.firstIndex(of: ":") {
      guard let number = UInt64(rest[..<colon]), rest[..<colon].utf8.allSatisfy(Self.isDigit) else { return nil }
      epoch = number
      rest = rest[rest.index(after: colon)...]
    }
    if let dash = rest.lastIndex(of: "-") {
      revision = String(rest[rest.index(after: dash)...])
      rest = rest[..<dash]
    } else {
      revision = ""
    }
    guard !rest.isEmpty else { return nil }
    upstream = String(rest)
  }

  public static func < (left: DebianVersion, right: DebianVersion) -> Bool { left.order(to: right) < 0 }
  public static func == (left: DebianVersion, right: DebianVersion) -> Bool { left.order(to: right) == 0 }

  /// -1, 0 or 1 as this one is older than, equal to or newer than the other.
  public func order(to other: DebianVersion, ignoringEpoch: Bool = false) -> Int {
    if !ignoringEpoch, epoch != other.epoch { return epoch < other.epoch ? -1 : 1 }
    let upstreamOrder = Self.order(Array(upstream.utf8), Array(other.upstream.utf8))
    return upstreamOrder != 0 ? upstreamOrder : Self.order(Array(revision.utf8), Array(other.revision.utf8))
  }

  /// Compares alternately the longest run of non-digits by rank and the longest run of digits by number.
  private static func order(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var left = left[...]
    var right = right[...]
    while !left.isEmpty || !right.isEmpty {
      while left.first.map({ !isDigit($0) }) == true || right.first.map({ !isDigit($0) }) == true {
        let (a, b) = (rank(left.first), rank(right.first))
        if a != b { return a < b ? -1 : 1 }
        left = left.dropFirst()
        right = right.dropFirst()
      }
      let (a, b) = (takeNumber(&left), takeNumber(&right))
      if a.count != b.count { return a.count < b.count ? -1 : 1 }
      if let (x, y) = zip(a, b).first(where: { $0 != $1 }) { return x < y ? -1 : 1 }
    }
    return 0
  }

  /// A tilde sorts before the end, the end before letters, letters before everything else.
  private static func rank(_ byte: UInt8?) -> Int {
    guard let byte, !isDigit(byte) else { return 0 }
    if byte == UInt8(ascii: "~") { return -1 }
    return isLetter(byte) ? Int(byte) : Int(byte) + 256
  }

  /// The leading digits without leading zeros, so that numbers of any length compare by length, then by text.
  private static func takeNumber(_ bytes: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let digits = bytes.prefix(while: isDigit)
    bytes = bytes.dropFirst(digits.count)
    return digits.drop { $0 == UInt8(ascii: "0") }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    isDigit(byte) || isLetter(byte) || ".+-~:".utf8.contains(byte)
  }
}
