/// An object that knows what is in it without making all its elements.
protocol ContainerObject: TemplateObject {
  /// Nil: look through the elements.
  func contains(_ element: TemplateValue, in evaluation: Evaluation) throws -> Bool?
}
