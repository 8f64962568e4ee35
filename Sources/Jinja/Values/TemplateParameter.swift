/// One parameter of a function, filter or method, as Python's signatures have them.
public struct TemplateParameter {
  public var name: String
  /// Nil: it must be given.
  public var defaultValue: TemplateValue?

  public static func required(_ name: String) -> TemplateParameter { TemplateParameter(name: name, defaultValue: nil) }
  public static func optional(_ name: String, _ defaultValue: TemplateValue = .none) -> TemplateParameter {
    TemplateParameter(name: name, defaultValue: defaultValue)
  }
}
