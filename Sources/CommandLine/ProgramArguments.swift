/// Puts options that stand before the subcommand (`brine --config DIR run …`) to the end, where the subcommand that
/// declares them finds them, so that both orders work.
public enum ProgramArguments {
  public static func normalized(_ arguments: [String]) -> [String] {
    var leading: [String] = []
    var rest = arguments[...]
    while let word = rest.first {
      if word == "--config" || word == "-c", rest.count >= 2 {
        leading += rest.prefix(2)
        rest = rest.dropFirst(2)
      } else if word.hasPrefix("--config=") {
        leading.append(word)
        rest = rest.dropFirst()
      } else {
        break
      }
    }
    guard !leading.isEmpty, !rest.isEmpty else { return arguments }
    // What follows `--` is passed on as it is.
    let end = rest.firstIndex(of: "--") ?? rest.endIndex
    return Array(rest[..<end]) + leading + rest[end...]
  }
}
