/// The types that a function's parameter can have; what the command line's words are read as, and checked against.
public enum ParameterType: String, Sendable, Hashable {
  case any, bool, int, number, string, list, map
  /// A string, or a list of strings; a comma-separated string counts as a list, as in Salt's `pkgs=a,b`.
  case stringList = "list of strings"
  /// A string as it was typed, or a list of words (`[ls, -l]`).
  case commandLine = "string or list"
}
