import Value

/// A value's text as Python's `str` gives it, which is what Salt writes into files.
enum StateText {
  static func of(_ value: Value) -> String {
    switch value {
    case .string(let text): text
    case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
    default: PythonText.repr(value)
    }
  }
}
