import Value

/// `UUID="…" TYPE="ext4"` as blkid(8) prints it after a device's name; values are in quotes and may hold blanks.
enum BlockAttributes {
  static func parse(_ text: Substring) -> ValueMap {
    var attributes: ValueMap = [:]
    var rest = text
    while let equals = rest.firstIndex(of: "=") {
      let name = rest[..<equals].drop { $0 == " " }
      rest = rest[rest.index(after: equals)...]
      guard rest.first == "\"" else { break }
      rest = rest.dropFirst()
      var value = ""
      var isEscaped = false
      while let character = rest.popFirst() {
        if isEscaped {
          value.append(character)
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else if character == "\"" {
          break
        } else {
          value.append(character)
        }
      }
      attributes[String(name)] = .string(value)
    }
    return attributes
  }
}
