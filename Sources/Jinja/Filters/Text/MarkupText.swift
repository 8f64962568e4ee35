import Value

/// Takes HTML apart for `striptags`.
enum MarkupText {
  /// Comments and tags are left out, white space becomes single spaces, entities the characters they stand for.
  static func withoutTags(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    let plain = removing("<", ">", from: removing("<!--", "-->", from: scalars))
    let words = plain.split(whereSeparator: PythonText.isSpace)
    return unescaped(Array(words.joined(separator: [" "])))
  }

  private static func removing(_ start: String, _ end: String, from scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    let start = Array(start.unicodeScalars)
    let end = Array(end.unicodeScalars)
    var output: [Unicode.Scalar] = []
    var index = 0
    var last = scalars.count
    // Where no end is left, no start counts any more.
    while last > 0, !scalars[..<last].suffix(end.count).elementsEqual(end) { last -= 1 }
    while index < scalars.count {
      guard index + start.count < last + 1, scalars[index...].starts(with: start) else {
        output.append(scalars[index])
        index += 1
        continue
      }
      var position = index
      while position < last, !scalars[position...].starts(with: end) { position += 1 }
      guard position < last else {
        output += scalars[index...]
        break
      }
      index = position + end.count
    }
    return output
  }

  private static func unescaped(_ scalars: [Unicode.Scalar]) -> String {
    var output = String.UnicodeScalarView()
    var index = 0
    while index < scalars.count {
      if scalars[index] == "&", let end = scalars[index...].prefix(34).firstIndex(of: ";"),
        let scalar = entity(String(String.UnicodeScalarView(scalars[(index + 1)..<end])))
      {
        output.append(scalar)
        index = end + 1
      } else {
        output.append(scalars[index])
        index += 1
      }
    }
    return String(output)
  }

  private static func entity(_ name: String) -> Unicode.Scalar? {
    if name.hasPrefix("#") {
      let digits = name.dropFirst()
      let isHex = digits.hasPrefix("x") || digits.hasPrefix("X")
      guard let number = UInt32(isHex ? digits.dropFirst() : digits, radix: isHex ? 16 : 10) else { return nil }
      return number == 0 ? "\u{FFFD}" : Unicode.Scalar(number)
    }
    return named[name]
  }

  private static let named: [String: Unicode.Scalar] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "copy": "©", "reg": "®",
    "trade": "™", "hellip": "…", "ndash": "–", "mdash": "—", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”",
    "laquo": "«", "raquo": "»", "bull": "•", "middot": "·", "euro": "€", "pound": "£", "yen": "¥", "sect": "§",
    "deg": "°", "plusmn": "±", "times": "×", "divide": "÷", "auml": "ä", "ouml": "ö", "uuml": "ü", "Auml": "Ä",
    "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß", "eacute": "é", "egrave": "è", "agrave": "à", "ccedil": "ç", "ntilde": "ñ",
  ]
}
