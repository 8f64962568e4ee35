/// A version of a Python package, ordered as PEP 440 says.
struct PythonVersion: Comparable, Sendable {
  private let epoch: Int
  private let release: [Int]
  /// -1: a development release of no pre-release; 0 alpha, 1 beta, 2 candidate, 3 none.
  private let preKind: Int
  private let preNumber: Int
  /// -1 without one.
  private let post: Int
  /// `Int.max` without one.
  private let dev: Int
  private let local: [String]

  /// Nil when it is not a version.
  init?(_ text: some StringProtocol) {
    var rest = Array(text.lowercased().utf8)[...]
    func isDigit(_ byte: UInt8?) -> Bool { byte.map { (0x30...0x39).contains($0) } ?? false }
    func number() -> Int? {
      let digits = rest.prefix(while: isDigit)
      guard !digits.isEmpty, digits.count < 16 else { return nil }
      rest = rest.dropFirst(digits.count)
      return Int(String(decoding: digits, as: UTF8.self))
    }
    /// One of the words, with a separator before it and a number behind it.
    func marked(_ words: [(word: String, kind: Int)]) -> (kind: Int, number: Int)? {
      let isSeparated = rest.first.map { "._-".utf8.contains($0) } ?? false
      let body = isSeparated ? rest.dropFirst() : rest
      guard let found = words.first(where: { body.starts(with: $0.word.utf8) }) else { return nil }
      rest = body.dropFirst(found.word.utf8.count)
      if let next = rest.first, "._-".utf8.contains(next), isDigit(rest.dropFirst().first) { rest = rest.dropFirst() }
      return (found.kind, number() ?? 0)
    }
    if rest.first == UInt8(ascii: "v") { rest = rest.dropFirst() }
    guard var first = number() else { return nil }
    var epoch = 0
    if rest.first == UInt8(ascii: "!") {
      epoch = first
      rest = rest.dropFirst()
      guard let next = number() else { return nil }
      first = next
    }
    var release = [first]
    while rest.first == UInt8(ascii: "."), isDigit(rest.dropFirst().first) {
      rest = rest.dropFirst()
      guard let part = number() else { return nil }
      release.append(part)
    }
    let pre = marked([
      ("alpha", 0), ("beta", 1), ("preview", 2), ("pre", 2), ("rc", 2), ("a", 0), ("b", 1), ("c", 2),
    ])
    var post = -1
    if rest.first == UInt8(ascii: "-"), isDigit(rest.dropFirst().first) {
      rest = rest.dropFirst()
      post = number() ?? 0
    } else if let marked = marked([("post", 0), ("rev", 0), ("r", 0)]) {
      post = marked.number
    }
    let dev = marked([("dev", 0)])?.number
    local =
      rest.first == UInt8(ascii: "+")
      ? rest.dropFirst().split { "._-".utf8.contains($0) }.map { String(decoding: $0, as: UTF8.self) } : []
    guard rest.isEmpty || !local.isEmpty else { return nil }
    self.epoch = epoch
    self.release = release
    self.post = post
    self.dev = dev ?? .max
    preKind = pre?.kind ?? (post < 0 && dev != nil ? -1 : 3)
    preNumber = pre?.number ?? 0
  }

  var isPrerelease: Bool { dev != .max || (0...2).contains(preKind) }
  var isPostRelease: Bool { post >= 0 }
  var hasLocal: Bool { !local.isEmpty }

  /// Whether the release numbers, zeros at the end aside, are the same.
  func hasBase(of other: PythonVersion) -> Bool {
    epoch == other.epoch && Self.trimmed(release) == Self.trimmed(other.release)
  }

  /// Whether the first numbers are those of the other one, without its last `dropping` numbers.
  func starts(with other: PythonVersion, dropping: Int = 0) -> Bool {
    let prefix = other.release.dropLast(dropping)
    let padded = release + Array(repeating: 0, count: max(0, prefix.count - release.count))
    return epoch == other.epoch && padded.starts(with: prefix)
  }

  /// Compares without what stands after a plus.
  func isEqualPublicly(_ other: PythonVersion) -> Bool { key == other.key && hasBase(of: other) }

  func isLessPublicly(_ other: PythonVersion) -> Bool {
    if epoch != other.epoch { return epoch < other.epoch }
    let (one, two) = (Self.trimmed(release), Self.trimmed(other.release))
    return one == two ? key.lexicographicallyPrecedes(other.key) : one.lexicographicallyPrecedes(two)
  }

  static func == (one: PythonVersion, two: PythonVersion) -> Bool { one.isEqualPublicly(two) && one.local == two.local }

  static func < (one: PythonVersion, two: PythonVersion) -> Bool {
    guard one.isEqualPublicly(two) else { return one.isLessPublicly(two) }
    return one.local.lexicographicallyPrecedes(two.local) { one, two in
      switch (Int(one), Int(two)) {
      case (let one?, let two?): one < two
      case (nil, nil): one < two
      case (nil, _): true
      default: false
      }
    }
  }

  private var key: [Int] { [preKind, preNumber, post, dev] }

  private static func trimmed(_ release: [Int]) -> [Int] {
    Array(release.prefix((release.lastIndex { $0 != 0 } ?? 0) + 1))
  }
}
