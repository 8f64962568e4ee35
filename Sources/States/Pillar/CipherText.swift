import Sealing

/// Encrypted parts of texts.
enum CipherText {
  static let pgpBegin = "-----BEGIN PGP MESSAGE-----"
  static let pgpEnd = "-----END PGP MESSAGE-----"
  static let sealedBegin = SealedPillarValue.prefix

  /// Without white space and the escapes that stand for it in YAML and JSON: one form for the text in a file and for what
  /// it was read as.
  static func normalized(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\\") {
        let isNewline = index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "n")
        index += isNewline ? 2 : 1
        continue
      }
      if byte > 0x20 { result.append(byte) }
      index += 1
    }
    return result
  }

  /// A text cut into what is plain and what is encrypted in it.
  enum Part: Sendable, Hashable {
    case plain(String)
    /// A PGP message.
    case message(String)
    /// A sealed value, or what begins like one.
    case sealed(String)

    /// What is to be decrypted; nil for what is plain.
    var ciphertext: String? {
      switch self {
      case .plain: nil
      case .message(let text), .sealed(let text): text
      }
    }
  }

  /// The sealed values in a text. One that fills it may be wrapped over several lines; within a longer text it ends at the
  /// first character that none can have.
  static func sealedParts(_ text: String) -> [Part] {
    if SealedPillarValue.isMarked(text), SealedPillarValue(text) != nil { return [.sealed(text)] }
    var parts: [Part] = []
    var rest = text[...]
    while let begin = rest.firstRange(of: sealedBegin) {
      if begin.lowerBound > rest.startIndex { parts.append(.plain(String(rest[..<begin.lowerBound]))) }
      let end = rest[begin.lowerBound...].firstIndex { !isSealedCharacter($0) } ?? rest.endIndex
      parts.append(.sealed(String(rest[begin.lowerBound..<end])))
      rest = rest[end...]
    }
    if !rest.isEmpty { parts.append(.plain(String(rest))) }
    return parts
  }

  private static func isSealedCharacter(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || "-_.".contains(character))
  }

  /// The PGP messages in a text and what is around them, in order.
  static func parts(_ text: String) -> [Part] {
    var parts: [Part] = []
    var rest = text[...]
    while let begin = rest.firstRange(of: pgpBegin), let end = rest[begin.upperBound...].firstRange(of: pgpEnd) {
      if begin.lowerBound > rest.startIndex { parts.append(.plain(String(rest[..<begin.lowerBound]))) }
      parts.append(.message(String(rest[begin.lowerBound..<end.upperBound]).replacing("\\n", with: "\n")))
      rest = rest[end.upperBound...]
    }
    if !rest.isEmpty { parts.append(.plain(String(rest))) }
    return parts
  }
}

extension [UInt8] {
  /// Whether the bytes stand somewhere in these.
  func holds(_ part: [UInt8]) -> Bool { withUnsafeBufferPointer { States.holds(part, in: $0) } }
}

extension String {
  /// Whether a text stands somewhere in this one, byte for byte.
  func holds(_ part: String) -> Bool {
    var text = self
    var part = part
    return text.withUTF8 { text in part.withUTF8 { States.holds($0, in: text) } }
  }
}

private func holds(_ part: some RandomAccessCollection<UInt8>, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  guard let first = part.first, bytes.count >= part.count else { return false }
  for start in 0...(bytes.count - part.count) where bytes[start] == first {
    if bytes[start..<start + part.count].elementsEqual(part) { return true }
  }
  return false
}
