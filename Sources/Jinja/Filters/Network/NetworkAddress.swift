/// An IPv4 or IPv6 address, perhaps with a prefix length, as Python's `ipaddress` reads and writes it.
struct NetworkAddress: Hashable {
  let isV6: Bool
  /// An IPv4 address in the low 32 bits.
  let number: UInt128
  /// Nil: the address alone.
  let prefix: Int?
  /// The zone of an IPv6 address (`%eth0`).
  let zone: String?

  var width: Int { isV6 ? 128 : 32 }

  init(isV6: Bool, number: UInt128, prefix: Int? = nil, zone: String? = nil) {
    self.isV6 = isV6
    self.number = number
    self.prefix = prefix
    self.zone = zone
  }

  /// An address, or one with a prefix or mask: `10.0.0.1/24`, `10.0.0.1/255.255.255.0`, `fd00::1/64`.
  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), text.utf8.count <= 100 else { return nil }
    var address = String(parts[0])
    isV6 = address.contains(":")
    var zone: String?
    if isV6, let mark = address.firstIndex(of: "%") {
      let name = String(address[address.index(after: mark)...])
      guard !name.isEmpty, !name.contains("%") else { return nil }
      zone = name
      address = String(address[..<mark])
    }
    guard let number = isV6 ? Self.v6(address) : Self.v4(address[...]).map({ UInt128($0) }) else { return nil }
    self.number = number
    self.zone = zone
    guard parts.count == 2 else {
      prefix = nil
      return
    }
    guard let prefix = Self.prefix(parts[1], isV6: isV6) else { return nil }
    self.prefix = prefix
  }

  /// The numbers of the first and the last address of the network.
  var range: ClosedRange<UInt128> {
    let bits = UInt128(width - (prefix ?? width))
    let hosts = bits >= 128 ? UInt128.max : (1 << bits) - 1
    return (number & ~hosts)...(number | hosts)
  }

  func contains(_ other: NetworkAddress) -> Bool { other.isV6 == isV6 && range.contains(other.number) }

  /// The address, and the prefix when it has one.
  var text: String {
    (isV6 ? Self.v6Text(number) : Self.v4Text(number)) + (zone.map { "%\($0)" } ?? "")
      + (prefix.map { "/\($0)" } ?? "")
  }

  private static func prefix(_ text: Substring, isV6: Bool) -> Int? {
    let width = isV6 ? 128 : 32
    if !text.isEmpty, text.utf8.count <= 3, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      return Int(text).flatMap { $0 <= width ? $0 : nil }
    }
    guard !isV6, let mask = v4(text) else { return nil }
    // A mask, or else a host mask, whose bits are the other way round.
    for bits in [mask, ~mask] {
      let length = (~bits).leadingZeroBitCount
      if bits == (length == 0 ? 0 : UInt32.max << UInt32(32 - length)) { return length }
    }
    return nil
  }

  private static func v4(_ text: Substring) -> UInt32? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var number: UInt32 = 0
    for part in parts {
      // Leading zeros are ambiguous: some take them for octal.
      guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        part == "0" || !part.hasPrefix("0"), let byte = UInt8(part)
      else { return nil }
      number = number << 8 | UInt32(byte)
    }
    return number
  }

  private static func v6(_ text: String) -> UInt128? {
    var parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 3 else { return nil }
    if let last = parts.last, last.contains(".") {
      guard let v4 = v4(last) else { return nil }
      parts.removeLast()
      parts += [Substring(String(v4 >> 16, radix: 16)), Substring(String(v4 & 0xffff, radix: 16))]
    }
    guard parts.count <= 9 else { return nil }
    let gaps = parts.indices.dropFirst().dropLast().filter { parts[$0].isEmpty }
    guard gaps.count <= 1 else { return nil }
    var head = parts
    var tail: [Substring] = []
    if let gap = gaps.first {
      head = Array(parts[..<gap])
      tail = Array(parts[(gap + 1)...])
      if head.first == "" { head.removeFirst() }
      if tail.last == "" { tail.removeLast() }
      guard head.count + tail.count < 8 else { return nil }
    } else {
      guard parts.count == 8 else { return nil }
    }
    let missing = 8 - head.count - tail.count
    var number: UInt128 = 0
    for part in head + Array(repeating: "0", count: missing) + tail {
      guard (1...4).contains(part.utf8.count), let word = UInt16(part, radix: 16), part.first != "+" else { return nil }
      number = number << 16 | UInt128(word)
    }
    return number
  }

  private static func v4Text(_ number: UInt128) -> String {
    [24, 16, 8, 0].map { String(UInt8(truncatingIfNeeded: number >> UInt128($0))) }.joined(separator: ".")
  }

  /// The longest run of two or more zero words becomes `::`.
  private static func v6Text(_ number: UInt128) -> String {
    let words = (0..<8).map { UInt16(truncatingIfNeeded: number >> UInt128(112 - 16 * $0)) }
    var best = 0..<0
    var start = 0
    while start < 8 {
      var end = start
      while end < 8, words[end] == 0 { end += 1 }
      if end - start > max(best.count, 1) { best = start..<end }
      start = max(end, start + 1)
    }
    func text(_ words: ArraySlice<UInt16>) -> String {
      words.map { String($0, radix: 16) }.joined(separator: ":")
    }
    guard !best.isEmpty else { return text(words[...]) }
    return text(words[..<best.lowerBound]) + "::" + text(words[best.upperBound...])
  }
}
