/// `namespace(…)`: what a loop can change for what comes after it.
final class NamespaceObject: NamedMembers, WrappingObject {
  private let dict: TemplateDict

  init(_ dict: TemplateDict) { self.dict = dict }

  var typeName: String { "Namespace" }
  var prefix: String { "<Namespace " }
  var wrapped: TemplateValue { .dict(dict) }
  var suffix: String { ">" }
  var memberNames: [String] { dict.entries.keys.compactMap { if case .string(let name) = $0 { name } else { nil } } }

  func attribute(_ name: String) -> TemplateValue? { dict[name] }

  func set(_ name: String, to value: TemplateValue) -> Bool {
    dict[name] = value
    return true
  }
}
