/// A shell glob as Python's `fnmatchcase` reads it: `*`, `?`, `[set]`, `[!set]`, nothing to escape with.
///
/// Matching goes back to the last `*` only, so it takes at most pattern × text steps, and allocates nothing.
public struct Glob: Sendable {
  enum Token: Sendable {
    case byte(UInt8)
    case any
    case set(Int)
    case star
  }

  /// The pattern as it was given.
  public let text: String
  private let tokens: [Token]
  private let sets: [GlobSet]
  private let ignoresCase: Bool

  /// - Parameter ignoresCase: pattern and text are both made lower case, as Salt does for grains.
  public init(_ text: String, ignoresCase: Bool = false) {
    self.text = text
    self.ignoresCase = ignoresCase
    (tokens, sets) = GlobReader.read(ignoresCase ? text.lowercased() : text)
  }

  var matchesEverything: Bool {
    guard tokens.count == 1, case .star = tokens[0] else { return false }
    return true
  }

  public func matches(_ text: String) -> Bool {
    if let result = text.utf8.withContiguousStorageIfAvailable({ matches($0, original: text) }) { return result }
    var copy = text
    copy.makeContiguousUTF8()
    return copy.utf8.withContiguousStorageIfAvailable { matches($0, original: copy) } ?? false
  }

  private func matches(_ bytes: UnsafeBufferPointer<UInt8>, original: String) -> Bool {
    guard ignoresCase else { return run(bytes, foldingASCII: false) }
    // Only ASCII is lowered while matching; other letters may change their length.
    guard bytes.contains(where: { $0 >= 0x80 }) else { return run(bytes, foldingASCII: true) }
    var lowered = original.lowercased()
    return lowered.withUTF8 { run($0, foldingASCII: false) }
  }

  private func run(_ bytes: UnsafeBufferPointer<UInt8>, foldingASCII: Bool) -> Bool {
    var position = 0
    var token = 0
    var retryToken = -1
    var retryPosition = 0
    while position < bytes.count {
      if token < tokens.count {
        switch tokens[token] {
        case .star:
          token += 1
          if token == tokens.count { return true }
          retryToken = token
          retryPosition = position
          continue
        case .byte(let wanted):
          if (foldingASCII ? Self.lower(bytes[position]) : bytes[position]) == wanted {
            position += 1
            token += 1
            continue
          }
        case .any:
          position += Self.length(bytes[position])
          token += 1
          continue
        case .set(let index):
          let (scalar, length) = Self.decode(bytes, position)
          if sets[index].contains(foldingASCII ? Self.lower(scalar) : scalar) {
            position += length
            token += 1
            continue
          }
        }
      }
      guard retryToken >= 0 else { return false }
      retryPosition += Self.length(bytes[retryPosition])
      position = retryPosition
      token = retryToken
    }
    while token < tokens.count, case .star = tokens[token] { token += 1 }
    return token == tokens.count
  }

  private static func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
  private static func lower(_ scalar: UInt32) -> UInt32 { scalar &- 0x41 < 26 ? scalar | 0x20 : scalar }

  /// The bytes of the scalar that begins with `lead`.
  private static func length(_ lead: UInt8) -> Int { lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4 }

  /// The scalar at a position; a Swift string's UTF-8 is always valid.
  private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, _ position: Int) -> (scalar: UInt32, length: Int) {
    let lead = bytes[position]
    let length = length(lead)
    guard length > 1, position + length <= bytes.count else { return (UInt32(lead), 1) }
    var scalar = UInt32(lead) & (0xFF >> UInt32(length + 1))
    for offset in 1..<length { scalar = scalar << 6 | UInt32(bytes[position + offset] & 0x3F) }
    return (scalar, length)
  }
}
