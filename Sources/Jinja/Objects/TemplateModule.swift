import Value

/// An imported template: its variables and macros are its attributes, its text is what it prints.
final class TemplateModule: NamedMembers {
  let template: Template
  let text: String
  private let context: Context

  init(_ template: Template, _ context: Context, _ text: String) {
    self.template = template
    self.context = context
    self.text = text
  }

  var typeName: String { "TemplateModule" }
  var memberNames: [String] { context.exported }

  /// As it stands in lists, where its text would not.
  var representation: String { "<TemplateModule \(PythonText.quoted(template.file))>" }

  func attribute(_ name: String) -> TemplateValue? {
    context.exported.contains(name) ? context.variables[name] : nil
  }

  func clear() {
    context.variables = [:]
    context.parent = [:]
  }
}
