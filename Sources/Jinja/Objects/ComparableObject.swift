/// An object that equals others than itself (a range with the same numbers).
protocol ComparableObject: TemplateObject {
  func equals(_ other: any TemplateObject, in evaluation: Evaluation) -> Bool
}

/// An object that knows what is in it without making all its elements.
protocol ContainerObject: TemplateObject {
  /// Nil: look through the elements.
  func contains(_ element: TemplateValue, in evaluation: Evaluation) throws -> Bool?
}

/// An object that knows its length without making its elements.
public protocol SizedObject: TemplateObject {
  var length: Int { get }
}
