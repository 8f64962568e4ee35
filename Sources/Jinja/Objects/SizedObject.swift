/// An object that knows its length without making its elements.
public protocol SizedObject: TemplateObject {
  var length: Int { get }
}
