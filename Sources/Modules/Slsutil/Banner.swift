import Functions

/// A comment block with a border, as Salt draws it.
struct Banner: Sendable, Hashable {
  /// These land in managed files, so they are Salt's: other words would change every file.
  static let defaultTitle = "THIS FILE IS MANAGED BY SALT - DO NOT EDIT"
  static let defaultText =
    "The contents of this file are managed by Salt. Any changes to this file may be overwritten automatically and "
    + "without warning."

  var width: Int
  var comment: String
  var border: String
  var title: String
  var text: String

  func lines() throws(FunctionError) -> [String] {
    let left = trimmingEnd(comment)
    let right = trimmingEnd(String(comment.drop(while: \.isWhitespace)))
    let inner: Int = width - left.count - right.count - 2
    guard inner > 0 else { throw FunctionError(.badArguments, "Width is too small to render banner") }
    let line: String = border.isEmpty ? "" : String(border.prefix(1))
    let rule: String = comment + String(repeating: line, count: max(0, width - left.count - right.count)) + right
    let blank = comment + spaces(width - comment.count * 2) + comment
    var lines = [rule, blank]
    for line in wrap(title, inner) { lines.append("\(left) \(centred(line, inner)) \(right)") }
    lines.append(blank)
    for line in wrap(text, inner) { lines.append("\(left) \(line)\(spaces(inner - line.count)) \(right)") }
    return lines + [rule]
  }

  private func trimmingEnd(_ text: String) -> String {
    var text = text[...]
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

  /// As Python's `str.center`: the odd space goes left when the width is odd.
  private func centred(_ line: String, _ width: Int) -> String {
    let margin = max(0, width - line.count)
    let left = margin / 2 + (margin & width & 1)
    return spaces(left) + line + spaces(margin - left)
  }

  private func wrap(_ text: String, _ width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(whereSeparator: \.isWhitespace) {
      var word = word
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] += " " + word
        continue
      }
      while word.count > width {
        lines.append(String(word.prefix(width)))
        word = word.dropFirst(width)
      }
      lines.append(String(word))
    }
    return lines
  }
}
