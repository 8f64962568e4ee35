/// A function that templates can call: `range`, `dict`, and what a host offers.
public final class FunctionObject: EvaluatingObject {
  public typealias Body = (TemplateArguments, Evaluation) throws -> TemplateValue
  private let name: String
  private let body: Body

  public init(_ name: String, body: @escaping Body) {
    self.name = name
    self.body = body
  }

  public var typeName: String { "function" }
  public var text: String { name == "dict" ? "<class 'dict'>" : "<function \(name)>" }

  public func attribute(_ name: String) -> TemplateValue? {
    guard self.name == "dict", name == "fromkeys" else { return nil }
    return .object(
      FunctionObject("fromkeys") { arguments, evaluation in
        let bound = try arguments.bind("fromkeys", .required("iterable"), .optional("value"))
        return .dict(try DictMethods.fromKeys(bound[0], bound[1], evaluation))
      })
  }

  public func call(_ arguments: TemplateArguments, in evaluation: Evaluation) throws -> TemplateValue? {
    try body(arguments, evaluation)
  }
}
