import Value

extension PythonText {
  /// A value as Python's `format` writes it into a text: strings bare, everything else as `repr`.
  static func formatted(_ value: Value) -> String { value.stringValue ?? of(value) }
}
