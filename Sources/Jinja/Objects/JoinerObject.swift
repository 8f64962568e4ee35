/// `joiner(', ')`: nothing the first time, then the separator.
final class JoinerObject: TemplateObject {
  private let separator: TemplateValue
  private var isUsed = false

  init(_ separator: TemplateValue) { self.separator = separator }

  var typeName: String { "Joiner" }

  func call(_ arguments: TemplateArguments) throws -> TemplateValue? {
    _ = try arguments.bind("joiner", [])
    defer { isUsed = true }
    return isUsed ? separator : .string("")
  }
}
