/// An object that is printed as a value between two texts: `dict_keys([…])`.
protocol WrappingObject: TemplateObject {
  var prefix: String { get }
  var wrapped: TemplateValue { get }
  var suffix: String { get }
}
