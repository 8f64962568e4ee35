import Glibc

/// Python's format specification: `[[fill]align][sign][#][0][width][,|_][.precision][type]`.
struct FormatSpecification {
  var fill: Unicode.Scalar = " "
  var align: Unicode.Scalar?
  var sign: Unicode.Scalar = "-"
  var isAlternate = false
  var width = 0
  var grouping: Unicode.Scalar?
  var precision: Int?
  var type: Unicode.Scalar?

  /// More than any field needs, and few enough bytes to be built without a thought.
  static let widest = 100_000

  init() {}

  /// - Throws: what is no specification.
  init(_ text: String) throws {
    var scalars = Array(text.unicodeScalars)[...]
    if scalars.count >= 2, Self.isAlign(scalars[scalars.startIndex + 1]) {
      fill = scalars.removeFirst()
      align = scalars.removeFirst()
    } else if let first = scalars.first, Self.isAlign(first) {
      align = scalars.removeFirst()
    }
    if let first = scalars.first, first == "+" || first == "-" || first == " " { sign = scalars.removeFirst() }
    if scalars.first == "z" { scalars.removeFirst() }
    if scalars.first == "#" {
      isAlternate = true
      scalars.removeFirst()
    }
    if scalars.first == "0" {
      if align == nil {
        fill = "0"
        align = "="
      }
      scalars.removeFirst()
    }
    width = try Self.number(&scalars) ?? 0
    if let first = scalars.first, first == "," || first == "_" { grouping = scalars.removeFirst() }
    if scalars.first == "." {
      scalars.removeFirst()
      guard let digits = try Self.number(&scalars) else {
        throw TemplateFailure(.operation, "Format specifier missing precision")
      }
      precision = digits
    }
    type = scalars.popFirst()
    guard scalars.isEmpty else { throw TemplateFailure(.operation, "Invalid format specifier '\(text)'") }
  }

  private static func isAlign(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "<" || scalar == ">" || scalar == "^" || scalar == "="
  }

  private static func number(_ scalars: inout ArraySlice<Unicode.Scalar>) throws -> Int? {
    var number: Int?
    while let digit = scalars.first, ("0"..."9").contains(digit) {
      number = (number ?? 0) * 10 + Int(digit.value - 48)
      guard number ?? 0 <= widest else {
        throw TemplateFailure(.limit, "a width or precision of more than \(widest)")
      }
      scalars.removeFirst()
    }
    return number
  }

  /// Fills to the width: `body` after `sign`, between which `=` puts the fill.
  func padded(sign: String = "", _ body: String, defaultAlign: Unicode.Scalar) -> String {
    let missing = width - sign.unicodeScalars.count - body.unicodeScalars.count
    guard missing > 0 else { return sign + body }
    func padding(_ count: Int) -> String { String(repeating: String(fill), count: count) }
    switch align ?? defaultAlign {
    case "<": return sign + body + padding(missing)
    case "^": return padding(missing / 2) + sign + body + padding(missing - missing / 2)
    case "=": return sign + padding(missing) + body
    default: return padding(missing) + sign + body
    }
  }
}
