/// An object that equals others than itself (a range with the same numbers).
protocol ComparableObject: TemplateObject {
  func equals(_ other: any TemplateObject, in evaluation: Evaluation) -> Bool
}
