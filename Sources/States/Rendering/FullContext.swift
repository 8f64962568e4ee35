import Jinja
import OrderedCollections

/// `show_full_context()`: all variables that the template was given, what is no data as its text.
final class FullContext: TemplateObject {
  private let names: [String: TemplateValue]

  init(_ names: [String: TemplateValue]) { self.names = names }

  var typeName: String { "function" }

  func call(_ arguments: TemplateArguments) throws -> TemplateValue? {
    let dict = TemplateDict()
    for (name, value) in names.sorted(by: { $0.key < $1.key }) {
      if case .object(let object) = value { dict[name] = .string(object.text) } else { dict[name] = value }
    }
    return .dict(dict)
  }
}
