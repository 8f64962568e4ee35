import Functions
import Jinja
import Value

/// `salt` in a template: `salt['module.function'](…)`, `salt.module.function(…)` and `'module.function' in salt`, with
/// the functions of this host.
final class SaltFunctions: NamedMembers {
  private let calls: TemplateCalls
  private lazy var modules = Set(calls.names.map { $0.prefix { $0 != "." } }.map(String.init))

  init(_ calls: TemplateCalls) { self.calls = calls }

  var typeName: String { "salt.utils.templates.AliasedLoader" }
  var memberNames: [String] { calls.names }

  func item(_ key: TemplateValue) throws -> TemplateValue? {
    guard let name = key.stringValue, calls.exists(name) else { return nil }
    return .object(FunctionObject(name) { [calls] arguments, _ in try calls.call(name, arguments) })
  }

  func attribute(_ name: String) throws -> TemplateValue? {
    modules.contains(name) ? .object(SaltModule(name, calls)) : nil
  }

  func elements() throws -> [TemplateValue]? { calls.names.map(TemplateValue.string) }
}
