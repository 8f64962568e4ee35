/// Why a JMESPath expression cannot be read, or gives nothing.
struct JMESPathError: Error, Hashable, CustomStringConvertible {
  var message: String
  /// Characters before the place in the expression; nil when it is read, but does not fit the data.
  var position: Int?

  init(_ message: String, at position: Int? = nil) {
    self.message = message
    self.position = position
  }

  var description: String { position.map { "\(message), at character \($0 + 1)" } ?? message }
}
