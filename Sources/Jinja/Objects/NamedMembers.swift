/// An object that can say what it has, so that a misspelt name is answered with the near ones.
public protocol NamedMembers: TemplateObject {
  var memberNames: [String] { get }
}
