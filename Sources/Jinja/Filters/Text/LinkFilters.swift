import Targeting
import Value

/// URLs: encoding, and finding them in text.
enum LinkFilters {
  static var all: [Filter] {
    [
      Filter("urlencode", "do_urlencode") { value, _, evaluation in
        switch try evaluation.defined(value) {
        case .string, .markup, .none, .bool, .int, .double:
          return .string(quoted(Array(try evaluation.text(value).utf8), keepsSlash: true))
        case .dict(let dict):
          return .string(try query(dict.entries.map { ($0.key.value, $0.value) }, evaluation))
        default:
          let pairs = try evaluation.elements(of: value).map { pair in
            let parts = try evaluation.elements(of: pair)
            guard parts.count == 2 else {
              throw TemplateFailure(.operation, "a pair of a name and a value is needed, not \(parts.count) values")
            }
            return (parts[0], parts[1])
          }
          return .string(try query(pairs, evaluation))
        }
      },
      Filter(
        "urlize", "do_urlize", hidden: 1, .optional("trim_url_limit"), .optional("nofollow", .bool(false)),
        .optional("target"), .optional("rel"), .optional("extra_schemes")
      ) { value, given, evaluation in
        var parts = Set(try given[3].isNone ? [] : evaluation.text(given[3]).split(separator: " ").map(String.init))
        if try evaluation.isTrue(given[1]) { parts.insert("nofollow") }
        parts.insert("noopener")
        let linker = TextLinker(
          limit: given[0].isNone ? nil : try evaluation.integer(given[0]), rel: parts.sorted().joined(separator: " "),
          target: given[2].isNone ? nil : try evaluation.text(given[2]),
          schemes: given[4].isNone ? [] : try evaluation.elements(of: given[4]).map { try evaluation.text($0) })
        return .string(try linker.text(try EscapeFilters.escaped(value, evaluation)))
      },
    ]
  }

  private static func query(
    _ pairs: [(TemplateValue, TemplateValue)], _ evaluation: Evaluation
  ) throws -> String {
    try pairs.map { name, value in
      try [name, value].map { part in
        quoted(Array(try evaluation.text(part).utf8), keepsSlash: false)
          .split(separator: "%20", omittingEmptySubsequences: false).joined(separator: "+")
      }.joined(separator: "=")
    }.joined(separator: "&")
  }

  private static func quoted(_ bytes: [UInt8], keepsSlash: Bool) -> String {
    var output = ""
    for byte in bytes {
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: "~"):
        output.unicodeScalars.append(Unicode.Scalar(byte))
      case UInt8(ascii: "/") where keepsSlash: output += "/"
      default: output += "%" + PythonText.hex(UInt32(byte), 2).uppercased()
      }
    }
    return output
  }
}
