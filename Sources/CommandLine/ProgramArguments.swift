/// Puts options that stand before the subcommand (`brine --config DIR run …`) behind it, where they are declared, so that
/// both orders work.
public enum ProgramArguments {
  public static func normalized(_ arguments: [String]) -> [String] {
    var leading: [String] = []
    var rest = arguments[...]
    while let word = rest.first {
      if word == "--config", rest.count >= 2 {
        leading += rest.prefix(2)
        rest = rest.dropFirst(2)
      } else if word.hasPrefix("--config=") {
        leading.append(word)
        rest = rest.dropFirst()
      } else {
        break
      }
    }
    guard !leading.isEmpty else { return arguments }
    // Behind the words that name the command, before what may be passed on as it is.
    let names = rest.prefix { !$0.hasPrefix("-") }.prefix(1)
    return Array(names) + leading + rest.dropFirst(names.count)
  }
}
