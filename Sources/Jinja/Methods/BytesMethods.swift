import Value

/// Methods of Python's `bytes`.
enum BytesMethods {
  static let names: Set<String> = ["decode", "hex"]

  static func call(_ name: String, on bytes: [UInt8], _ arguments: TemplateArguments) throws -> TemplateValue {
    if name == "hex" {
      _ = try arguments.bind(name, [])
      return .string(bytes.map { PythonText.hex(UInt32($0), 2) }.joined())
    }
    let bound = try arguments.bind(
      name, .optional("encoding", .string("utf-8")), .optional("errors", .string("strict")))
    let encoding = (bound[0].stringValue ?? "").lowercased()
    let errors = bound[1].stringValue ?? "strict"
    switch encoding {
    case "utf-8", "utf8", "ascii", "us-ascii":
      let isASCII = encoding.hasSuffix("ascii")
      if let text = String(validating: bytes, as: UTF8.self), !isASCII || bytes.allSatisfy({ $0 < 0x80 }) {
        return .string(text)
      }
      switch errors {
      case "replace": return .string(String(decoding: bytes, as: UTF8.self))
      case "ignore":
        return .string(String(String(decoding: bytes, as: UTF8.self).unicodeScalars.filter { $0 != "\u{fffd}" }))
      default:
        let place = bytes.firstIndex { $0 >= 0x80 } ?? 0
        throw TemplateFailure(
          .operation, "'\(encoding)' codec can't decode byte 0x\(PythonText.hex(UInt32(bytes[place]), 2))")
      }
    case "latin-1", "latin1", "iso-8859-1", "iso8859-1":
      var view = String.UnicodeScalarView()
      for byte in bytes { view.append(Unicode.Scalar(byte)) }
      return .string(String(view))
    default: throw TemplateFailure(.operation, "unknown encoding: \(encoding)")
    }
  }
}
