import Functions
import Glibc

/// The rules a package's name, version, repository or path must meet before a program sees it: nothing that the
/// package tools could read as an option, as another package's suffix or as a pattern of theirs.
enum PackageName {
  /// `[a-z0-9][a-z0-9+.-]*[:arch]` as Debian Policy 5.6.1; a name that ends with `-` is refused, for apt-get reads it as
  /// "remove".
  static func isDebian(_ name: String) -> Bool {
    let parts = name.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2, let base = parts.first, base.utf8.count >= 2, let first = base.utf8.first else {
      return false
    }
    guard isLowerOrDigit(first), base.utf8.last != UInt8(ascii: "-") else { return false }
    guard base.utf8.allSatisfy({ isLowerOrDigit($0) || "+.-".utf8.contains($0) }) else { return false }
    return parts.count == 1 || isArchitecture(parts[1])
  }

  /// Letters, digits and `._+-`, beginning with a letter, a digit or `_`; `name.arch` is part of that.
  static func isRPM(_ name: String) -> Bool {
    guard let first = name.utf8.first, isAlphanumeric(first) || first == UInt8(ascii: "_") else { return false }
    return name.utf8.allSatisfy { isAlphanumeric($0) || "._+-".utf8.contains($0) }
  }

  /// A version as a program may be given it.
  static func isVersion(_ text: String) -> Bool {
    guard let first = text.utf8.first, isAlphanumeric(first) else { return false }
    return text.utf8.allSatisfy { isAlphanumeric($0) || ".+-~^:_".utf8.contains($0) }
  }

  /// A repository id, release or suite (`bookworm-backports`, `stable/updates`).
  static func isRepository(_ text: String) -> Bool {
    guard let first = text.utf8.first, isAlphanumeric(first) else { return false }
    return text.utf8.allSatisfy { isAlphanumeric($0) || "._+-/:=".utf8.contains($0) }
  }

  /// An absolute path without control characters.
  static func isPath(_ text: String) -> Bool {
    text.hasPrefix("/") && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
  }

  static func isPattern(_ name: String) -> Bool { name.contains { "*?[".contains($0) } }

  /// Whether a shell pattern matches a name; only names that are already known are matched, no tool sees the pattern.
  static func matches(_ name: String, pattern: String) -> Bool { fnmatch(pattern, name, 0) == 0 }

  static func refusal(_ name: String, as what: String = "a package name") -> FunctionError {
    let shown = name.count > 80 ? "\(name.prefix(80))…" : name
    return FunctionError(
      .badArguments, "'\(shown)' is not \(what).",
      hint: "Nothing was run. Names hold letters, digits and `+ . -`, and do not begin with a dash.")
  }

  private static func isArchitecture(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, isLowerOrDigit(first) else { return false }
    return text.utf8.allSatisfy { isLowerOrDigit($0) || $0 == UInt8(ascii: "-") } && text.utf8.last != UInt8(ascii: "-")
  }

  private static func isLowerOrDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isLowerOrDigit(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }
}
