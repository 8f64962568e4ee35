import Functions
import Value

/// Permission bits as Salt writes them: octal digits, four of them.
enum FileMode {
  /// `0644`, `1777`.
  static func text(_ mode: UInt32) -> String {
    let digits = String(mode & 0o7777, radix: 8)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// Reads `0644`, `644`, `0o644`; a number counts by its decimal digits (YAML reads `0644` as 644 in Salt).
  ///
  /// - Returns: nil for null and an empty string: leave the mode as it is.
  static func parse(_ value: Value) throws(FunctionError) -> UInt32? {
    let text = value.isNull ? "" : value.description
    guard !text.isEmpty else { return nil }
    var digits = text[...]
    if digits.hasPrefix("0o") || digits.hasPrefix("0O") { digits = digits.dropFirst(2) }
    guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }),
      let mode = UInt32(digits, radix: 8), mode <= 0o7777
    else {
      throw FunctionError(
        .badArguments, "'\(text)' is not a file mode.", hint: "Give octal digits, such as 0644 or 1777.")
    }
    return mode
  }
}
