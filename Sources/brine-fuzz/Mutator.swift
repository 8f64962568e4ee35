/// Damages inputs: bytes, tokens, lines, and parts of other inputs.
struct Mutator {
  static let sizeLimit = 32 << 10
  private static let numbers = [
    "0", "-1", "1e999", "9223372036854775807", "-9223372036854775808", "18446744073709551616", "0x7fffffff",
    "4294967296",
    "00", "1_000", "1.5", "nan", "99999999",
  ]

  var generator: FuzzGenerator
  let tokens: [[UInt8]]

  init(seed: UInt64, tokens: [String]) {
    generator = FuzzGenerator(seed: seed)
    self.tokens = tokens.map { Array($0.utf8) }
  }

  /// - Parameter sound: how many inputs at the start of the pool are whole. Half of all are made from those, else most
  ///   would be wreckage of wreckage, refused at the first look.
  mutating func mutated(_ pool: [[UInt8]], sound: Int) -> [UInt8] {
    var bytes = pool[generator.below(generator.below(2) == 0 ? sound : pool.count)]
    for _ in 0...generator.below(1 + generator.below(6)) { change(&bytes, pool) }
    if bytes.count > Self.sizeLimit { bytes.removeSubrange(Self.sizeLimit...) }
    return bytes
  }

  private mutating func change(_ bytes: inout [UInt8], _ pool: [[UInt8]]) {
    let place = generator.below(bytes.count + 1)
    switch generator.below(14) {
    case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(generator.below(8))
    case 1 where place < bytes.count: bytes[place] = UInt8(generator.below(256))
    case 2, 3, 4: bytes.insert(contentsOf: token(), at: place)
    case 5: bytes.removeSubrange(span(bytes, place, 16))
    case 6: bytes.insert(contentsOf: Array(bytes[span(bytes, place, 40)]), at: generator.below(bytes.count + 1))
    case 7: splice(&bytes, pool[generator.below(pool.count)], at: place)
    case 8: bytes.removeSubrange(word(bytes, place))
    case 9: bytes.replaceSubrange(word(bytes, place), with: token())
    case 10: bytes.replaceSubrange(word(bytes, place), with: Array(Self.numbers[generator.below(13)].utf8))
    case 11: nest(&bytes, at: place)
    case 12: moveLine(&bytes, place)
    case 13: exchangeWords(&bytes, place)
    default: bytes.append(UInt8(generator.below(256)))
    }
  }

  private mutating func token() -> [UInt8] { tokens[generator.below(tokens.count)] }

  private mutating func span(_ bytes: [UInt8], _ place: Int, _ longest: Int) -> Range<Int> {
    place..<min(bytes.count, place + 1 + generator.below(longest))
  }

  private mutating func splice(_ bytes: inout [UInt8], _ other: [UInt8], at place: Int) {
    let start = generator.below(other.count + 1)
    let part = other[start..<min(other.count, start + 1 + generator.below(other.count + 1))]
    if generator.below(2) == 0 {
      bytes.insert(contentsOf: part, at: place)
    } else {
      bytes.replaceSubrange(place..<min(bytes.count, place + part.count), with: part)
    }
  }

  /// The token or word or run of spaces at a place.
  private func word(_ bytes: [UInt8], _ place: Int) -> Range<Int> {
    guard place < bytes.count else { return place..<place }
    let kind = Self.kind(bytes[place])
    var (start, end) = (place, place + 1)
    if kind != 0 {
      while start > 0, place - start < 64, Self.kind(bytes[start - 1]) == kind { start -= 1 }
      while end < bytes.count, end - place < 64, Self.kind(bytes[end]) == kind { end += 1 }
    }
    return start..<end
  }

  /// 0 for what stands alone.
  private static func kind(_ byte: UInt8) -> Int {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...0xff:
      1
    case 0x20, 0x0a, 0x09: 2
    default: 0
    }
  }

  /// Repeats a token or a part, mostly some times, seldom thousands of times.
  private mutating func nest(_ bytes: inout [UInt8], at place: Int) {
    let part = generator.below(2) == 0 ? token() : Array(bytes[span(bytes, place, 12)])
    guard !part.isEmpty else { return }
    let times = generator.below(8) == 0 ? generator.below(4000) : 2 + generator.below(40)
    let repeated = (0..<min(times, Self.sizeLimit / part.count)).flatMap { _ in part }
    bytes.insert(contentsOf: repeated, at: place)
  }

  /// Takes a line to another place, with more or less space before it.
  private mutating func moveLine(_ bytes: inout [UInt8], _ place: Int) {
    let start = bytes[..<place].lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
    let end = bytes[place...].firstIndex(of: 0x0a).map { $0 + 1 } ?? bytes.count
    var line = Array(bytes[start..<end])
    if generator.below(2) == 0 { bytes.removeSubrange(start..<end) }
    let spaces = generator.below(5)
    line.insert(contentsOf: [UInt8](repeating: 0x20, count: spaces), at: 0)
    let near = generator.below(bytes.count + 1)
    bytes.insert(contentsOf: line, at: bytes[near...].firstIndex(of: 0x0a).map { $0 + 1 } ?? bytes.count)
  }

  private mutating func exchangeWords(_ bytes: inout [UInt8], _ place: Int) {
    let one = word(bytes, place)
    let other = word(bytes, generator.below(bytes.count + 1))
    guard one.upperBound <= other.lowerBound else { return }
    let (first, second) = (Array(bytes[one]), Array(bytes[other]))
    bytes.replaceSubrange(other, with: first)
    bytes.replaceSubrange(one, with: second)
  }
}
