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
    if modules.contains(name) { return .object(SaltModule(name, calls)) }
    guard Self.methods.contains(name) else { return nil }
    return .object(FunctionObject(name) { [self] arguments, _ in try method(name, arguments) })
  }

  /// What a dict of functions can be asked.
  private static let methods: Set<String> = ["get", "keys", "values", "items"]

  private func method(_ name: String, _ arguments: TemplateArguments) throws -> TemplateValue {
    guard name != "get" else {
      let bound = try arguments.bind("get", .required("key"), .optional("default"))
      return try item(bound[0]) ?? bound[1]
    }
    _ = try arguments.bind(name, [])
    let pairs = try calls.names.map { function -> TemplateValue in
      let key = TemplateValue.string(function)
      switch name {
      case "keys": return key
      case "values": return try item(key) ?? .none
      default: return .tuple([key, try item(key) ?? .none])
      }
    }
    return .list(TemplateList(pairs))
  }

  func elements() throws -> [TemplateValue]? { calls.names.map(TemplateValue.string) }
}
