/// `self`: the blocks of a template by name.
final class BlockOverview: NamedMembers {
  private let context: Context
  init(context: Context) { self.context = context }

  var typeName: String { "TemplateReference" }
  var memberNames: [String] { Array(context.blocks.keys) }

  func attribute(_ name: String) -> TemplateValue? {
    context.blocks[name] == nil ? nil : .object(BlockObject(name: name, level: 0, context: context))
  }
}
