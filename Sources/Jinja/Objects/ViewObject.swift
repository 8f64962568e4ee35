/// What `dict.keys()`, `values()` and `items()` give: iterated, counted and searched, but not indexed.
final class ViewObject: SizedObject, WrappingObject {
  let typeName: String
  private var values: [TemplateValue]
  let dict: TemplateDict

  init(_ typeName: String, _ elements: [TemplateValue], of dict: TemplateDict) {
    self.typeName = typeName
    values = elements
    self.dict = dict
  }

  deinit { Teardown.release(&values) }

  var length: Int { values.count }
  var isTrue: Bool { !values.isEmpty }
  var prefix: String { "\(typeName)(" }
  var wrapped: TemplateValue { .list(TemplateList(values)) }
  var suffix: String { ")" }
  func elements() throws -> [TemplateValue]? { values }
}
