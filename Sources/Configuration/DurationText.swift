/// Reads spans of time as people write them: `90`, `30s`, `15m`, `1h`, `2d`, `1w`, and sums (`1h30m`).
public enum DurationText {
  /// A thousand years.
  private static let maximum = 31_536_000_000

  /// - Returns: seconds; nil when it is none, or more than a thousand years.
  public static func seconds(_ text: String) -> Int? {
    if let plain = Int(text) { return (0...maximum).contains(plain) ? plain : nil }
    var total = 0
    var digits = ""
    for character in text {
      if character.isASCII, character.isNumber {
        digits.append(character)
        continue
      }
      let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
      guard let unit = units[character], let number = Int(digits), number <= 1_000_000_000 else { return nil }
      total += number * unit
      guard total <= maximum else { return nil }
      digits = ""
    }
    return digits.isEmpty && !text.isEmpty ? total : nil
  }

  /// The shortest exact form: `90` → `1m30s`.
  public static func text(_ seconds: Int) -> String {
    guard seconds >= 60 else { return "\(seconds)s" }
    var rest = seconds
    var text = ""
    for (unit, size) in [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)] where rest >= size {
      text += "\(rest / size)\(unit)"
      rest %= size
    }
    return text
  }
}
