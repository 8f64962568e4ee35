/// A Python list.
public final class TemplateList {
  public var elements: [TemplateValue]
  public init(_ elements: [TemplateValue] = []) { self.elements = elements }
  deinit { Teardown.release(&elements) }
}
