/// Something in a template that is not data: a macro, a function, a namespace, a loop, a module, a range, or a host's object.
public protocol TemplateObject: AnyObject {
  /// Python's or Jinja's name for the kind, as error messages have it.
  var typeName: String { get }
  /// The object printed (`str`).
  var text: String { get }
  var isTrue: Bool { get }
  /// Nil when there is no such attribute.
  func attribute(_ name: String) throws -> TemplateValue?
  /// Nil when there is no such item.
  func item(_ key: TemplateValue) throws -> TemplateValue?
  /// Nil when it cannot be iterated.
  func elements() throws -> [TemplateValue]?
  /// Nil when it cannot be called.
  func call(_ arguments: TemplateArguments) throws -> TemplateValue?
  /// Sets an attribute (`namespace` only).
  ///
  /// - Returns: false when that may not be done.
  func set(_ name: String, to value: TemplateValue) -> Bool
}

extension TemplateObject {
  public var text: String { "<\(typeName)>" }
  public var isTrue: Bool { true }
  public func attribute(_ name: String) throws -> TemplateValue? { nil }
  public func item(_ key: TemplateValue) throws -> TemplateValue? { nil }
  public func elements() throws -> [TemplateValue]? { nil }
  public func call(_ arguments: TemplateArguments) throws -> TemplateValue? { nil }
  public func set(_ name: String, to value: TemplateValue) -> Bool { false }
}
