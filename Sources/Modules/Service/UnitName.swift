import Functions
import Glibc
import Value

/// Names of systemd units: which are allowed, and what a short name means.
enum UnitName {
  /// Longer than systemd allows is refused by systemd too; this only bounds what is looked at.
  static let longest = 255
  static let types: Set<String> = [
    "service", "socket", "device", "mount", "automount", "swap", "target", "path", "timer", "slice", "scope",
  ]

  /// Letters, digits and `:_.\@-`, not beginning with a dash (which a program would read as an option).
  static func isValid(_ name: String) -> Bool {
    guard let first = name.utf8.first, first != UInt8(ascii: "-"), name.utf8.count <= longest else { return false }
    return name.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || ":_.\\@-".utf8.contains(byte)
    }
  }

  /// `nginx` is `nginx.service`; a name that ends with a type of unit stays as it is.
  static func canonical(_ name: String) throws(FunctionError) -> String {
    guard isValid(name) else { throw refusal(name) }
    return type(of: name) == nil ? "\(name).service" : name
  }

  /// Salt's way back: services without their suffix, other units with it; nil for what is no unit, and for slices and
  /// scopes, which Salt does not list.
  static func short(_ unit: String) -> String? {
    guard let type = type(of: unit), type != "slice", type != "scope" else { return nil }
    return type == "service" ? String(unit.dropLast(".service".count)) : unit
  }

  static func isTemplate(_ unit: String) -> Bool { unit.contains("@.") }
  static func isPattern(_ name: String) -> Bool { name.contains { "*?[".contains($0) } }
  static func matches(_ name: String, pattern: String) -> Bool { fnmatch(pattern, name, 0) == 0 }

  static func refusal(_ name: String) -> FunctionError {
    let shown = name.count > 80 ? "\(name.prefix(80))…" : name
    return FunctionError(
      .badArguments, "'\(shown)' is not the name of a service.",
      hint: "Nothing was run. Names hold letters, digits and `: _ . \\ @ -`, and do not begin with a dash.")
  }

  private static func type(of unit: String) -> String? {
    guard let dot = unit.lastIndex(of: "."), dot != unit.startIndex else { return nil }
    let suffix = String(unit[unit.index(after: dot)...])
    return types.contains(suffix) ? suffix : nil
  }
}
