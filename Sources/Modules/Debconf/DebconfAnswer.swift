import Functions
import Value

/// An answer to one question of a package's configuration, as debconf-set-selections(1) takes it.
struct DebconfAnswer: Sendable {
  static let types: Set<String> = [
    "string", "boolean", "select", "multiselect", "note", "text", "password", "title", "error",
  ]
  static let redacted = "<redacted>"
  /// More than any question is answered with.
  static let longest = 65536

  var package: String
  var question: String
  var type: String
  var value: Secret

  /// - Throws: `FunctionError.Code.badArguments` for what debconf would read as something else: it takes one line an
  ///   answer, and a backslash at its end joins the next.
  init(_ package: String, _ question: String, type: String, value: String) throws(FunctionError) {
    guard Self.isWord(package), !package.contains("/") else {
      throw FunctionError(.badArguments, "'\(package.shownOnOneLine)' is no package that debconf asks for.")
    }
    guard Self.isWord(question), question.contains("/") else {
      throw FunctionError(
        .badArguments, "'\(question.shownOnOneLine)' is no question of debconf.",
        hint: "It looks like `package/question`.")
    }
    guard Self.types.contains(type) else {
      throw FunctionError(
        .badArguments, "'\(type.shownOnOneLine)' is no type of a question (\(question)).",
        hint: "There are \(Self.types.sorted().joined(separator: ", ")).")
    }
    guard value.utf8.count <= Self.longest, value.isOneLine, !value.hasSuffix("\\") else {
      throw FunctionError(
        .badArguments, "The value for \(question) cannot be given to debconf.",
        hint: "It is one line of at most \(Self.longest) bytes that does not end with a backslash.")
    }
    (self.package, self.question, self.type) = (package, question, type)
    self.value = Secret(value)
  }

  var isPassword: Bool { type == "password" }

  /// What may be told of the value.
  var shownValue: String { isPassword ? Self.redacted : plainValue }

  var line: String { "\(package) \(question) \(type) \(plainValue)\n" }

  func isFulfilled(by current: DebconfDatabase.Current?) -> Bool {
    guard let current, current.type == type else { return false }
    return current.value.isEqual(to: value)
  }

  private var plainValue: String { value.withBytes { String(decoding: $0, as: UTF8.self) } }

  private static func isWord(_ text: String) -> Bool {
    text.isOneWord && !text.hasPrefix("#") && !text.hasPrefix("-") && !text.contains("\\") && text.utf8.count <= 255
  }
}
