extension TemplateValue {
  /// Python's name of the type: `str`, `dict`, `NoneType`…
  public var typeName: String {
    switch self {
    case .undefined(let undefined): undefined.isLenient ? "Undefined" : "StrictUndefined"
    case .none: "NoneType"
    case .bool: "bool"
    case .int: "int"
    case .double: "float"
    case .string: "str"
    case .markup: "Markup"
    case .bytes: "bytes"
    case .list: "list"
    case .tuple: "tuple"
    case .dict: "dict"
    case .object(let object): object.typeName
    }
  }

  /// How Jinja names it when something is not in it: `dict object`.
  var objectName: String {
    switch self {
    case .none: "None"
    case .markup: "markupsafe.Markup object"
    case .object(let object): "\(Self.modules[object.typeName] ?? "")\(object.typeName) object"
    default: "\(typeName) object"
    }
  }

  /// Where Python has the types that messages name in full.
  private static let modules = [
    "Namespace": "jinja2.utils.", "Cycler": "jinja2.utils.", "Joiner": "jinja2.utils.",
    "TemplateModule": "jinja2.environment.", "LoopContext": "jinja2.runtime.", "Macro": "jinja2.runtime.",
    "BlockReference": "jinja2.runtime.", "TemplateReference": "jinja2.runtime.",
  ]

  /// The text of a string or a safe string; nil for anything else.
  public var stringValue: String? {
    switch self {
    case .string(let text), .markup(let text): text
    default: nil
    }
  }

  public var isUndefined: Bool { if case .undefined = self { true } else { false } }
  public var isNone: Bool { if case .none = self { true } else { false } }
}
