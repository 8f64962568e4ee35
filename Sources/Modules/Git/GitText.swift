import Functions
import Hashing
import HostSystem
import Value

/// Texts that go to git and come from it.
enum GitText {
  /// With `https://user:password@` as `https://<redacted>@`.
  static func redacted(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let range = rest.firstRange(of: "://") {
      let scheme = rest[..<range.lowerBound].lowercased()
      result += rest[..<range.upperBound]
      rest = rest[range.upperBound...]
      guard scheme.hasSuffix("http") || scheme.hasSuffix("https") else { continue }
      let end = rest.firstIndex { $0 == "/" || $0.isWhitespace || "'\"".contains($0) } ?? rest.endIndex
      if let at = rest[..<end].lastIndex(of: "@") {
        result += "<redacted>"
        rest = rest[at...]
      }
    }
    return result + rest
  }

  /// Options as a list of words, or a text with words as a shell would read them; `--` at the end means nothing.
  static func options(_ value: Value) throws -> [String] {
    if let list = value.listValue { return list.map(\.description) }
    if value.isNull { return [] }
    do {
      var words = try ShellWords.split(value.description)
      if words.last == "--" { words.removeLast() }
      return words
    } catch { throw FunctionError(.badArguments, "These options cannot be read: \(error)") }
  }

  /// A name, revision or path that git must not take for an option.
  static func word(_ text: String, _ argument: String) throws(FunctionError) -> String {
    guard !text.isEmpty, !text.hasPrefix("-"), !text.utf8.contains(0), !text.contains(where: \.isNewline) else {
      throw FunctionError(
        .badArguments, "'\(argument)' may not be empty, begin with a dash or have several lines: '\(text)'.")
    }
    return text
  }

  /// The first seven digits of a commit.
  static func short(_ revision: String?) -> String { revision.map { String($0.prefix(7)) } ?? "None" }

  static func percentEncoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default: result += "%" + Hexadecimal.text([byte]).uppercased()
      }
    }
    return result
  }

  static func percentDecoded(_ text: some StringProtocol) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
