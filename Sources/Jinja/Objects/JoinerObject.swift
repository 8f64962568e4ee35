/// `joiner(', ')`: nothing the first time, then the separator.
final class JoinerObject: TemplateObject {
  private var separator: [TemplateValue]
  private var isUsed = false

  init(_ separator: TemplateValue) { self.separator = [separator] }

  deinit { Teardown.release(&separator) }

  var typeName: String { "Joiner" }

  func call(_ arguments: TemplateArguments) throws -> TemplateValue? {
    _ = try arguments.bind("joiner", [])
    defer { isUsed = true }
    return isUsed ? separator.first : .string("")
  }
}
