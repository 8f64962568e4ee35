/// A test (`value is name(arguments)`). The value may be undefined.
public struct TemplateTest {
  public typealias Body = (TemplateValue, TemplateArguments, Evaluation) throws -> Bool
  public var name: String
  public var body: Body

  public init(_ name: String, body: @escaping Body) {
    self.name = name
    self.body = body
  }
}
