import HostSystem
import Value

/// One line of debconf-get-selections(1). A password is not kept.
struct DebconfSelection: Sendable, Hashable {
  var package: String
  var question: String
  var type: String
  var value: String

  static func parse(_ lines: [String]) -> [DebconfSelection] {
    lines.compactMap { line in
      guard !line.hasPrefix("#") else { return nil }
      var rest = line[...]
      func word() -> String {
        let text = rest.prefix { !" \t".contains($0) }
        rest = rest.dropFirst(text.count).drop { " \t".contains($0) }
        return String(text)
      }
      let (package, question, type) = (word(), word(), word())
      guard !package.isEmpty, !question.isEmpty, !type.isEmpty else { return nil }
      let value = type == "password" && !rest.isEmpty ? DebconfAnswer.redacted : String(rest)
      return DebconfSelection(package: package, question: question, type: type, value: value)
    }
  }

  /// Salt's `[question, type, value]`.
  var asValue: Value { .strings([question, type, value]) }
}
