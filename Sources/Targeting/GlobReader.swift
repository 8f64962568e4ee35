/// Turns a glob's text into tokens.
enum GlobReader {
  static func read(_ text: String) -> (tokens: [Glob.Token], sets: [GlobSet]) {
    let scalars = Array(text.unicodeScalars)
    var tokens: [Glob.Token] = []
    var sets: [GlobSet] = []
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      index += 1
      switch scalar {
      case "*":
        if case .star? = tokens.last { continue }
        tokens.append(.star)
      case "?":
        tokens.append(.any)
      case "[":
        guard let end = setEnd(scalars, from: index) else {
          tokens.append(.byte(UInt8(ascii: "[")))
          continue
        }
        tokens.append(.set(sets.count))
        sets.append(GlobSet(between: scalars[index..<end]))
        index = end + 1
      default:
        for byte in UTF8.encode(scalar).map(Array.init) ?? [] { tokens.append(.byte(byte)) }
      }
    }
    return (tokens, sets)
  }

  /// Where the `]` is that ends a set; one that stands first belongs to it.
  private static func setEnd(_ scalars: [Unicode.Scalar], from start: Int) -> Int? {
    var index = start
    if index < scalars.count, scalars[index] == "!" { index += 1 }
    if index < scalars.count, scalars[index] == "]" { index += 1 }
    return scalars[min(index, scalars.count)...].firstIndex(of: "]")
  }
}
