/// `loop.cycle` and `loop.changed`.
final class LoopMethod: TemplateObject {
  private let loop: LoopObject
  private let name: String

  init(_ loop: LoopObject, _ name: String) {
    self.loop = loop
    self.name = name
  }

  var typeName: String { "method" }

  func call(_ arguments: TemplateArguments) throws -> TemplateValue? {
    name == "cycle" ? try loop.cycle(arguments) : loop.changed(arguments)
  }
}
