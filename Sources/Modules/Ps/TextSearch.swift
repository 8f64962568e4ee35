import Functions
import Targeting

/// Searches a regular expression anywhere in a text, with a limit on its steps.
struct TextSearch: Sendable {
  private let pattern: Pattern

  /// - Parameter name: the function that asks, for the error.
  init(_ expression: String, in name: String) throws(FunctionError) {
    do {
      // A pattern alone must match from the first character on.
      pattern = try Pattern("[\\s\\S]*?(?:\(expression))")
    } catch {
      throw FunctionError(.badArguments, "\(name): '\(expression)' is not a regular expression: \(error)")
    }
  }

  func isFound(in text: String) throws(FunctionError) -> Bool {
    do {
      return try pattern.matches(text)
    } catch {
      throw FunctionError(.failed, "\(error)")
    }
  }
}
