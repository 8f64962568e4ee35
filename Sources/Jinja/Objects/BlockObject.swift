/// `super` within a block, and `self.name` anywhere: prints a block when it is called.
final class BlockObject: EvaluatingObject {
  private let name: String
  private let level: Int
  private let context: Context

  init(name: String, level: Int, context: Context) {
    self.name = name
    self.level = level
    self.context = context
  }

  var typeName: String { "BlockReference" }

  func attribute(_ name: String) -> TemplateValue? {
    name == "super" ? .object(BlockObject(name: self.name, level: level + 1, context: context)) : nil
  }

  func call(_ arguments: TemplateArguments, in evaluation: Evaluation) throws -> TemplateValue? {
    let stack = context.blocks[name] ?? []
    guard stack.indices.contains(level) else {
      throw TemplateFailure(.undefined, "there is no parent block called '\(name)'.")
    }
    let (block, template) = stack[level]
    return .string(try evaluation.capture { try evaluation.run(block, template, level: level, context) })
  }
}
