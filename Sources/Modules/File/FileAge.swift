import Functions

/// Reads `2d`, `-1w3d`: the times of last change that `file.find` takes.
struct FileAge: Sendable, Hashable {
  /// Seconds since the epoch.
  let moment: Double
  /// Whether files changed since count; else those changed before.
  let isSince: Bool

  init(parsing text: String, now: Double) throws(FunctionError) {
    let refusal = FunctionError(
      .badArguments, "'\(text)' is not a time.", hint: "Give 2d, -2d (since), or parts together as 1w3d12h; w d h m s.")
    var rest = text.lowercased().filter { !$0.isWhitespace }[...]
    isSince = rest.first == "-"
    if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
    guard !rest.isEmpty else { throw refusal }
    var seconds = 0.0
    var resolution = Double.infinity
    while !rest.isEmpty {
      let digits = rest.prefix { ("0"..."9").contains($0) || $0 == "." }
      guard let number = Double(digits) else { throw refusal }
      rest = rest[digits.endIndex...]
      // A number alone is days.
      let letter = rest.popFirst() ?? "d"
      let units: [Character: Double] = ["w": 604_800, "d": 86400, "h": 3600, "m": 60, "s": 1]
      guard let unit = units[letter] else { throw refusal }
      seconds += number * unit
      resolution = min(resolution, unit)
    }
    moment = now - (seconds / resolution).rounded(.down) * resolution
  }

  func matches(_ time: Double) -> Bool { isSince ? time >= moment : time <= moment }
}
