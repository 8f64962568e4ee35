/// An object whose call needs the evaluation: macros, methods, host functions that call back.
public protocol EvaluatingObject: TemplateObject {
  /// Nil when it cannot be called.
  func call(_ arguments: TemplateArguments, in evaluation: Evaluation) throws -> TemplateValue?
}
