/// What `groupby` gives: a pair of the common value and the elements, which also have names.
final class ElementGroup: SizedObject, ComparableObject {
  private let grouper: TemplateValue
  private let members: TemplateList
  private weak var evaluation: Evaluation?

  init(_ grouper: TemplateValue, _ members: [TemplateValue], _ evaluation: Evaluation) {
    self.grouper = grouper
    self.members = TemplateList(members)
    self.evaluation = evaluation
  }

  let typeName = "_GroupTuple"
  let length = 2
  var pair: [TemplateValue] { [grouper, .list(members)] }
  var text: String { (try? evaluation?.representation(.tuple(pair))) ?? "()" }
  func elements() -> [TemplateValue]? { pair }

  func attribute(_ name: String) -> TemplateValue? {
    switch name {
    case "grouper": grouper
    case "list": .list(members)
    default: nil
    }
  }

  func item(_ key: TemplateValue) -> TemplateValue? {
    switch key {
    case .int(0), .int(-2), .bool(false): grouper
    case .int(1), .int(-1), .bool(true): .list(members)
    default: nil
    }
  }

  func equals(_ other: any TemplateObject, in evaluation: Evaluation) -> Bool {
    guard let other = other as? ElementGroup else { return false }
    return evaluation.equals(.tuple(pair), .tuple(other.pair))
  }
}
