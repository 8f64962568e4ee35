/// The variables that a template was given and those it has set itself.
final class Context {
  /// What was handed in: globals, and the variables of an including template.
  var parent: [String: TemplateValue]
  /// What the template itself has set, outside of loops and the like.
  var variables: [String: TemplateValue] = [:]
  /// Which of them others may import, in the order of their making.
  var exported: [String] = []
  /// The blocks of each name, the outermost override first.
  var blocks: [String: [(block: BlockDefinition, template: Template)]] = [:]
  let template: Template

  init(parent: [String: TemplateValue], template: Template) {
    self.parent = parent
    self.template = template
    for (name, block) in template.blocks { blocks[name] = [(block, template)] }
  }

  func value(_ name: String) -> TemplateValue? { variables[name] ?? parent[name] }

  /// All variables at this moment.
  var all: [String: TemplateValue] {
    variables.isEmpty ? parent : parent.merging(variables) { _, own in own }
  }

  func set(_ name: String, _ value: TemplateValue, exports: Bool = true) {
    variables[name] = value
    guard name.utf8.first != UInt8(ascii: "_") else { return }
    if exports {
      if !exported.contains(name) { exported.append(name) }
    } else {
      exported.removeAll { $0 == name }
    }
  }
}
