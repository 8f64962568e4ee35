/// Folds names into as few items as their numbers allow.
enum HostSetFolding {
  /// A name cut into its text and its numbers: there is one text more than numbers.
  private struct Shape: Hashable {
    var texts: [String]
  }

  /// - Parameter names: each once; items come in the order of their first names.
  static func fold(_ names: [String]) -> [String] {
    var order: [Shape] = []
    var rows: [Shape: [[String]]] = [:]
    for name in names {
      let (shape, numbers) = cut(name)
      if rows[shape] == nil { order.append(shape) }
      rows[shape, default: []].append(numbers)
    }
    return order.flatMap { shape in items(shape, rows[shape] ?? []) }
  }

  /// Folds one number at a time, from the last: rows that are equal in all others become one.
  private static func items(_ shape: Shape, _ rows: [[String]]) -> [String] {
    var rows = rows
    for axis in stride(from: shape.texts.count - 2, through: 0, by: -1) {
      var order: [[String]] = []
      var values: [[String]: [String]] = [:]
      for row in rows {
        var key = row
        key[axis] = ""
        if values[key] == nil { order.append(key) }
        values[key, default: []].append(row[axis])
      }
      rows = order.map { key in
        var row = key
        row[axis] = NumberFolding.fold(values[key] ?? [])
        return row
      }
    }
    return rows.map { row in
      zip(shape.texts, row).map { $0 + $1 }.joined() + (shape.texts.last ?? "")
    }
  }

  /// A number of more than 18 digits counts as text, and so does all of a name that the folded form cannot hold.
  private static func cut(_ name: String) -> (Shape, [String]) {
    guard !name.utf8.contains(where: { "[],".utf8.contains($0) }) else { return (Shape(texts: [name]), []) }
    var texts = [""]
    var numbers: [String] = []
    var rest = name[...]
    while let first = rest.utf8.first {
      let isNumber = isDigit(first)
      let run = rest.utf8.prefix { isDigit($0) == isNumber }
      let text = String(rest[..<run.endIndex])
      if isNumber, run.count <= 18 {
        numbers.append(text)
        texts.append("")
      } else {
        texts[texts.count - 1] += text
      }
      rest = rest[run.endIndex...]
    }
    return (Shape(texts: texts), numbers)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
