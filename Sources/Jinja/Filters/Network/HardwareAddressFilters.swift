import Value

/// Hardware (MAC) addresses.
enum HardwareAddressFilters {
  static var all: [Filter] {
    [
      Filter("gen_mac", "gen_mac") { value, _, evaluation in
        let bytes = (0..<3).map { _ in UInt8.random(in: 0...255) }
        let digits = bytes.map { PythonText.hex(UInt32($0), 2).uppercased() }
        return .string(([try evaluation.text(value)] + digits).joined(separator: ":"))
      },
      Filter("mac_str_to_bytes", "mac_str_to_bytes") { value, _, evaluation in
        let text = try evaluation.string(evaluation.defined(value))
        var scalars = Array(text.unicodeScalars)
        if scalars.count == 17 {
          let separator = scalars[2]
          scalars.removeAll { $0 == separator }
        } else if scalars.count != 12 {
          throw TemplateFailure(.operation, "Invalid MAC address")
        }
        let bytes = try stride(from: 0, to: 12, by: 2).map { start in
          let pair = String(
            String.UnicodeScalarView(scalars[min(start, scalars.count)..<min(start + 2, scalars.count)]))
          guard let byte = UInt8(pair, radix: 16) else {
            throw TemplateFailure(.operation, "invalid literal for int() with base 16: \(PythonText.quoted(pair))")
          }
          return byte
        }
        return .bytes(bytes)
      },
    ]
  }
}
