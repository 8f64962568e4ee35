/// Why a command line has no words.
public enum ShellWordsError: Error, Sendable, Hashable, CustomStringConvertible {
  case unclosed(Character)
  case trailingBackslash

  public var description: String {
    switch self {
    case .unclosed(let quote): "there is a \(quote) that is not closed"
    case .trailingBackslash: "it ends with a backslash that protects nothing"
    }
  }
}
