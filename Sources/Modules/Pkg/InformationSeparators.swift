/// What parts fields and records of a package's information in a program's output. Nobody who writes a description can
/// know them beforehand.
struct InformationSeparators: Sendable, Hashable {
  let field: String
  let record: String

  init() {
    let token = String(UInt64.random(in: 0 ... .max), radix: 16)
    (field, record) = ("\u{1F}\(token)\u{1F}", "\u{1E}\(token)\u{1E}")
  }
}
