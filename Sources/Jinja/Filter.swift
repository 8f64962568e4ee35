/// A filter (`value | name(arguments)`). The evaluation gives it Python's operations, other filters and limits.
public struct Filter {
  public typealias Body = (TemplateValue, TemplateArguments, Evaluation) throws -> TemplateValue
  public var name: String
  public var body: Body

  public init(_ name: String, body: @escaping Body) {
    self.name = name
    self.body = body
  }
}
