import Functions

/// Names of users and groups that may be handed to the account tools. None begins with a dash, so none is ever taken
/// for an option; none can break a line of passwd(5).
enum AccountName {
  /// The name of an account that is there: also what directories allow (`DOM\user`, `user@dom`).
  static func existing(_ name: String, _ argument: String = "name") throws(FunctionError) -> String {
    guard let first = name.unicodeScalars.first, name.utf8.count <= 256 else {
      throw refusal(name, argument, "it has to have 1 to 256 characters")
    }
    guard !"-+~".unicodeScalars.contains(first) else { throw refusal(name, argument, "it begins with '\(first)'") }
    if let bad = name.unicodeScalars.first(where: {
      $0.value < 0x20 || $0.value == 0x7F || ":,/".unicodeScalars.contains($0)
    }) {
      throw refusal(name, argument, "it holds \(bad.escaped(asASCII: true))")
    }
    return name
  }

  /// The name of an account to be made: what useradd and groupadd take on Debian and on Red Hat alike, so letters,
  /// digits, `_`, `.`, `-`, perhaps a `$` at the end; at most 32; not digits alone, which tools take for an id.
  static func new(_ name: String, _ argument: String = "name") throws(FunctionError) -> String {
    let name = try existing(name, argument)
    let body = name.hasSuffix("$") ? name.dropLast() : name[...]
    let isPlain = body.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    guard isPlain, !body.isEmpty else {
      throw refusal(name, argument, "a new name has letters, digits, '_', '.', '-' only, and perhaps a '$' at its end")
    }
    guard name.utf8.count <= 32 else { throw refusal(name, argument, "it is longer than 32 characters") }
    guard !body.allSatisfy(\.isNumber), body != ".", body != ".." else {
      throw refusal(name, argument, "it could be taken for a number or a directory")
    }
    return name
  }

  private static func refusal(_ name: String, _ argument: String, _ reason: String) -> FunctionError {
    FunctionError(
      .badArguments, "'\(argument)' is not a usable account name: '\(name)': \(reason).",
      hint: "Names such as 'deploy' or 'www-data' work everywhere.")
  }
}
