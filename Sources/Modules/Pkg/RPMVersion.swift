/// An RPM package version (`[epoch:]version[-release]`), ordered as rpm's own `rpmvercmp` does.
///
/// Not `Hashable`: `1.0` and `1.00` are equal but have different texts.
public struct RPMVersion: Sendable, Comparable, CustomStringConvertible {
  public var epoch: UInt64
  public var version: String
  /// Empty when the text has none.
  public var release: String

  /// - Returns: nil for an empty text, white space, or an epoch that is no number.
  public init?(_ text: String) {
    guard !text.isEmpty, !text.contains(where: \.isWhitespace) else { return nil }
    var rest = text[...]
    epoch = 0
    if let colon = rest.firstIndex(of: ":") {
      let digits = rest[..<colon]
      guard digits == "(none)" || digits.utf8.allSatisfy(Self.isDigit) else { return nil }
      guard let number = digits == "(none)" ? 0 : UInt64(digits) else { return nil }
      epoch = number
      rest = rest[rest.index(after: colon)...]
    }
    if let dash = rest.lastIndex(of: "-") {
      release = String(rest[rest.index(after: dash)...])
      rest = rest[..<dash]
    } else {
      release = ""
    }
    guard !rest.isEmpty else { return nil }
    version = String(rest)
  }

  /// Without the epoch when it is 0, as Salt and dnf show it.
  public var description: String {
    (epoch == 0 ? "" : "\(epoch):") + version + (release.isEmpty ? "" : "-\(release)")
  }

  public static func < (left: RPMVersion, right: RPMVersion) -> Bool { left.order(to: right) < 0 }
  public static func == (left: RPMVersion, right: RPMVersion) -> Bool { left.order(to: right) == 0 }

  /// -1, 0 or 1 as this one is older than, equal to or newer than the other. A release that only one of them has is
  /// left out of account, as rpm's tools do for a request such as `openssl-3.0.7`.
  public func order(to other: RPMVersion, ignoringEpoch: Bool = false) -> Int {
    if !ignoringEpoch, epoch != other.epoch { return epoch < other.epoch ? -1 : 1 }
    let versionOrder = Self.order(version, other.version)
    guard versionOrder == 0, !release.isEmpty, !other.release.isEmpty else { return versionOrder }
    return Self.order(release, other.release)
  }

  /// `rpmvercmp`: segments of digits or of letters, `~` before the end, `^` after it but before anything else.
  static func order(_ left: String, _ right: String) -> Int {
    var left = Array(left.utf8)[...]
    var right = Array(right.utf8)[...]
    while !left.isEmpty || !right.isEmpty {
      left = left.drop(while: isSeparator)
      right = right.drop(while: isSeparator)
      if left.first == tilde || right.first == tilde {
        guard left.first == tilde else { return 1 }
        guard right.first == tilde else { return -1 }
        left.removeFirst()
        right.removeFirst()
        continue
      }
      if left.first == caret || right.first == caret {
        guard let a = left.first else { return -1 }
        guard let b = right.first else { return 1 }
        guard a == caret else { return 1 }
        guard b == caret else { return -1 }
        left.removeFirst()
        right.removeFirst()
        continue
      }
      guard let first = left.first, !right.isEmpty else { break }
      let isNumber = isDigit(first)
      let a = left.prefix(while: isNumber ? isDigit : isLetter)
      let b = right.prefix(while: isNumber ? isDigit : isLetter)
      if b.isEmpty { return isNumber ? 1 : -1 }
      left = left.dropFirst(a.count)
      right = right.dropFirst(b.count)
      let segmentOrder = isNumber ? numberOrder(a, b) : textOrder(a, b)
      if segmentOrder != 0 { return segmentOrder }
    }
    return left.isEmpty && right.isEmpty ? 0 : left.isEmpty ? -1 : 1
  }

  private static func numberOrder(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
    let a = left.drop { $0 == UInt8(ascii: "0") }
    let b = right.drop { $0 == UInt8(ascii: "0") }
    return a.count == b.count ? textOrder(a, b) : a.count < b.count ? -1 : 1
  }

  private static func textOrder(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
    left.elementsEqual(right) ? 0 : left.lexicographicallyPrecedes(right) ? -1 : 1
  }

  private static let tilde = UInt8(ascii: "~")
  private static let caret = UInt8(ascii: "^")

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    !isDigit(byte) && !isLetter(byte) && byte != tilde && byte != caret
  }
}
