/// A git command that failed.
struct GitError: Error, Sendable, CustomStringConvertible {
  /// The command, without secrets.
  var command: String
  /// What git said, without secrets.
  var text: String
  var exitCode: Int32

  /// Salt's sentence.
  var description: String {
    text.isEmpty ? "Command '\(command)' failed" : "Command '\(command)' failed: \(text)"
  }
}
