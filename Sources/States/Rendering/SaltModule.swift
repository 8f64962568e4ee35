import Jinja

/// `salt.module` in a template.
final class SaltModule: NamedMembers {
  private let name: String
  private let calls: TemplateCalls

  init(_ name: String, _ calls: TemplateCalls) {
    self.name = name
    self.calls = calls
  }

  var typeName: String { "salt.\(name)" }
  var memberNames: [String] {
    calls.names.filter { $0.hasPrefix("\(name).") }.map { String($0.dropFirst(name.count + 1)) }
  }

  func attribute(_ member: String) throws -> TemplateValue? {
    let full = "\(name).\(member)"
    guard calls.exists(full) else { return nil }
    return .object(FunctionObject(full) { [calls] arguments, _ in try calls.call(full, arguments) })
  }

  func elements() throws -> [TemplateValue]? { memberNames.map(TemplateValue.string) }
}
