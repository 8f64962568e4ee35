/// Rewrites the few notations that Python reads in another way than PCRE2: `\Z` (the very end), `\uXXXX`, `{,n}` (from
/// nought), and `[:` in a set (plain characters, no POSIX class).
struct PatternTranslation {
  private(set) var text = ""
  /// For each byte of `text`, the scalar of the original it came from.
  private var origins: [Int] = []
  private let scalars: [Unicode.Scalar]

  init(_ original: String) {
    scalars = Array(original.unicodeScalars)
    var index = 0
    var setStart: Int?
    while index < scalars.count {
      let scalar = scalars[index]
      let following = index + 1 < scalars.count ? scalars[index + 1] : nil
      if scalar == "\\" {
        index = appendEscape(at: index, isInSet: setStart != nil)
        continue
      }
      if let start = setStart {
        if scalar == "[", let following, ":.=".unicodeScalars.contains(following) {
          append("\\[", from: index)
        } else {
          append(scalar, from: index)
          if scalar == "]", index > start { setStart = nil }
        }
      } else if scalar == "[" {
        append(scalar, from: index)
        if following == "^" {
          append("^", from: index + 1)
          index += 1
        }
        // A `]` that stands first is a member of the set.
        setStart = index + 1
      } else if scalar == "{", following == ",", isOpenRepeat(at: index) {
        append("{0", from: index)
      } else {
        append(scalar, from: index)
      }
      index += 1
    }
  }

  /// The column, from 0, in the original of a byte of the translation.
  func column(ofByte byte: Int) -> Int { origins.indices.contains(byte) ? origins[byte] : scalars.count }

  /// `{,12}`.
  private func isOpenRepeat(at index: Int) -> Bool {
    let digits = scalars[(index + 2)...].prefix { ("0"..."9").contains($0) }
    return !digits.isEmpty && digits.endIndex < scalars.count && scalars[digits.endIndex] == "}"
  }

  private mutating func appendEscape(at index: Int, isInSet: Bool) -> Int {
    guard index + 1 < scalars.count else {
      append("\\", from: index)
      return index + 1
    }
    let letter = scalars[index + 1]
    if letter == "Z", !isInSet {
      append("\\z", from: index)
      return index + 2
    }
    if letter == "u" || letter == "U" {
      let wanted = letter == "u" ? 4 : 8
      let digits = scalars[(index + 2)...].prefix(wanted)
      if digits.count == wanted, digits.allSatisfy(\.properties.isASCIIHexDigit) {
        append("\\x{" + String(String.UnicodeScalarView(digits)) + "}", from: index)
        return index + 2 + wanted
      }
    }
    append("\\", from: index)
    append(letter, from: index + 1)
    return index + 2
  }

  private mutating func append(_ scalar: Unicode.Scalar, from origin: Int) {
    text.unicodeScalars.append(scalar)
    origins += repeatElement(origin, count: UTF8.width(scalar))
  }

  private mutating func append(_ piece: String, from origin: Int) {
    text += piece
    origins += repeatElement(origin, count: piece.utf8.count)
  }
}
