import Functions
import HostSystem

/// Checks of what is written into a crontab, where a line end would begin another job.
enum CronText {
  static func command(_ text: String) throws(FunctionError) -> String {
    guard !text.trimmed().isEmpty else { throw FunctionError(.badArguments, "'cmd' is empty.") }
    return try line(text, "cmd")
  }

  /// A text of one line.
  static func line(_ text: String, _ argument: String) throws(FunctionError) -> String {
    guard !text.unicodeScalars.contains(where: { $0 == "\n" || $0 == "\r" || $0.value == 0 }) else {
      throw FunctionError(
        .badArguments, "'\(argument)' has to be one line.", hint: "Put what is longer into a script and call that.")
    }
    return text
  }

  /// A comment: each of its lines gets a `#`; a return alone or a NUL is refused.
  static func comment(_ text: String) throws(FunctionError) -> String {
    guard !text.unicodeScalars.contains(where: { $0 == "\r" || $0.value == 0 }) else {
      throw FunctionError(.badArguments, "'comment' holds a control character.")
    }
    return text
  }

  static func variable(_ name: String) throws(FunctionError) -> String {
    let isName =
      name.utf8.first.map { $0 > 0x39 } ?? false
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
    guard isName else {
      throw FunctionError(.badArguments, "'\(name)' is not a variable's name.", hint: "Letters, digits and '_'.")
    }
    return name
  }

  /// A word such as `@daily`.
  static func special(_ word: String) throws(FunctionError) -> String {
    let word = word.hasPrefix("@") ? word : "@\(word)"
    guard word.utf8.count > 1,
      word.utf8.dropFirst().allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F })
    else {
      throw FunctionError(
        .badArguments, "'\(word)' is not a time.",
        hint: "Give @reboot, @yearly, @annually, @monthly, @weekly, @daily, @midnight or @hourly.")
    }
    return word
  }
}
