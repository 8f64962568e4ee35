/// Makes the tree of paths and patterns of one `key:sub:pattern`; equal ends of it are made once.
struct PathPatternBuilder {
  private let kind: TextMatcher.Kind
  private let position: SourcePosition
  private var paths: [String: PathPattern] = [:]
  private var members: [String: MemberPattern] = [:]
  private var matchers: [String: TextMatcher] = [:]

  init(kind: TextMatcher.Kind, position: SourcePosition) {
    self.kind = kind
    self.position = position
  }

  /// - Parameter delimiter: only of the outermost path; inside a map Salt always cuts at `:`.
  mutating func path(_ text: String, _ delimiter: Unicode.Scalar) -> PathPattern {
    if delimiter == ":", let known = paths[text] { return known }
    let parts = text.unicodeScalars.split(separator: delimiter, omittingEmptySubsequences: false).map { String($0) }
    let separator = String(delimiter)
    var cuts: [(keys: [String], pattern: MemberPattern)] = []
    for index in stride(from: parts.count - 1, to: 0, by: -1) {
      if index == 1, parts[0] == "*" {
        cuts.append(([], member(text)))
      } else {
        cuts.append((Array(parts[..<index]), member(parts[index...].joined(separator: separator))))
      }
    }
    let path = PathPattern(cuts: cuts, position: position)
    if delimiter == ":" { paths[text] = path }
    return path
  }

  private mutating func member(_ text: String) -> MemberPattern {
    if let known = members[text] { return known }
    let isWild = text.utf8.starts(with: "*:".utf8)
    let part = isWild ? String(text.unicodeScalars.dropFirst(2)) : text
    let member = MemberPattern(
      text: part, whole: matcher(text), part: matcher(part),
      path: part.utf8.contains(UInt8(ascii: ":")) ? path(part, ":") : nil, below: isWild ? self.member(part) : nil)
    members[text] = member
    return member
  }

  private mutating func matcher(_ text: String) -> TextMatcher {
    if let known = matchers[text] { return known }
    let matcher = TextMatcher(text, kind, at: position)
    matchers[text] = matcher
    return matcher
  }
}
