import Functions
import Value

/// Values that end up in a field of passwd(5) or group(5), or on the argv of the tools that write them.
enum AccountField {
  /// A text without `:`, line ends and control characters.
  static func text(_ value: String, _ argument: String) throws(FunctionError) -> String {
    guard !value.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F || $0 == ":" }) else {
      throw FunctionError(.badArguments, "'\(argument)' may not hold ':' or control characters.")
    }
    return value
  }

  /// A part of the comment field: no comma either, but for the last part.
  static func gecos(_ value: String, _ argument: String) throws(FunctionError) -> String {
    let value = try text(value, argument)
    guard argument == "other" || !value.contains(",") else {
      throw FunctionError(.badArguments, "'\(argument)' may not hold a comma: commas part the comment field.")
    }
    return value
  }

  /// An absolute path that fits in passwd(5).
  static func path(_ value: String, _ argument: String) throws(FunctionError) -> String {
    try AbsolutePath.check(try text(value, argument), argument)
  }

  /// A user or group id.
  static func id(_ value: Value, _ argument: String) throws(FunctionError) -> UInt32 {
    // The highest one means "unchanged" to chown(2) and is no id.
    guard let number = UInt32(value.description), number < UInt32.max else {
      throw FunctionError(.badArguments, "'\(argument)' is not an id: '\(value)'.", hint: "Give a number from 0 on.")
    }
    return number
  }
}
