import Targeting
import Value

/// Makes links of the web and mail addresses in a text that is already escaped.
struct TextLinker {
  let limit: Int?
  let rel: String
  let target: String?
  let schemes: [String]

  private static let address = try? RegularExpression(
    ##"""
    ^(?:
      (?:https?://|www\.) (?:(?:[\w%-]+\.)+)? (?:[a-z]{2,63}|xn--[\w%]{2,59})
      | (?:[\w%-]{2,63}\.)+ (?:com|net|int|edu|gov|org|info|mil)
      | https?:// (?:\d{1,3}(?:\.\d{1,3}){3} | \[(?:[\da-f]{0,4}:){2}(?:[\da-f]{0,4}:?){1,6}\])
    )
    (?::\d{1,5})? (?:[/?\#]\S*)? $
    """##, options: [.ignoreCase, .verbose])
  private static let mail = try? RegularExpression(#"^\S+@\w[\w.-]*\.\w+$"#)

  func text(_ text: String) throws -> String {
    var output = ""
    var word = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if PythonText.isSpace(scalar) {
        if !word.isEmpty { output += try linked(String(word)) }
        word.removeAll()
        output.unicodeScalars.append(scalar)
      } else {
        word.append(scalar)
      }
    }
    if !word.isEmpty { output += try linked(String(word)) }
    return output
  }

  private func linked(_ word: String) throws -> String {
    var middle = word[...]
    var head = ""
    while let start = ["(", "<", "&lt;"].first(where: middle.hasPrefix) {
      head += start
      middle = middle.dropFirst(start.count)
    }
    var tail = ""
    while let end = [")", ">", ".", ",", "&gt;"].first(where: middle.hasSuffix) {
      tail = end + tail
      middle = middle.dropLast(end.count)
    }
    for (start, end) in [("(", ")"), ("<", ">"), ("&lt;", "&gt;")] {
      let missing = Self.count(start, in: middle) - Self.count(end, in: middle)
      guard missing > 0 else { continue }
      for _ in 0..<min(Self.count(start, in: middle), Self.count(end, in: tail[...])) {
        guard let range = Self.range(of: end, in: tail) else { break }
        middle += tail[..<range.upperBound]
        tail = String(tail[range.upperBound...])
      }
    }
    return head + (try link(String(middle))) + tail
  }

  private func link(_ text: String) throws -> String {
    var attributes = " rel=\"\(Markup.escape(rel))\""
    if let target { attributes += " target=\"\(Markup.escape(target))\"" }
    if try Self.matches(Self.address, text) {
      let isWhole = text.hasPrefix("https://") || text.hasPrefix("http://")
      return "<a href=\"\(isWhole ? "" : "https://")\(text)\"\(attributes)>\(shortened(text))</a>"
    }
    if text.hasPrefix("mailto:"), try Self.matches(Self.mail, String(text.dropFirst(7))) {
      return "<a href=\"\(text)\">\(text.dropFirst(7))</a>"
    }
    if text.contains("@"), !text.hasPrefix("www."), !text.contains(":"), try Self.matches(Self.mail, text) {
      return "<a href=\"mailto:\(text)\">\(text)</a>"
    }
    if schemes.contains(where: { text != $0 && text.hasPrefix($0) }) {
      return "<a href=\"\(text)\"\(attributes)>\(text)</a>"
    }
    return text
  }

  private func shortened(_ text: String) -> String {
    guard let limit, text.unicodeScalars.count > limit else { return text }
    return String(text.unicodeScalars.prefix(max(limit, 0))) + "..."
  }

  private static func matches(_ expression: RegularExpression?, _ text: String) throws -> Bool {
    guard let expression else { return false }
    return try ExpressionFilters.failing { () throws(RegularExpressionError) in
      try expression.firstMatch(in: text, anchored: true) != nil
    }
  }

  private static func range(of part: String, in text: String) -> Range<String.Index>? {
    var index = text.startIndex
    while index < text.endIndex {
      if text[index...].hasPrefix(part) { return index..<text.index(index, offsetBy: part.count) }
      index = text.index(after: index)
    }
    return nil
  }

  private static func count(_ part: String, in text: Substring) -> Int {
    var count = 0
    var rest = text
    while !rest.isEmpty {
      if rest.hasPrefix(part) { count += 1 }
      rest = rest.dropFirst()
    }
    return count
  }
}
