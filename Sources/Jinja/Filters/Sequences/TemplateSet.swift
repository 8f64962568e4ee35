/// A Python set, which Salt's set filters make of strings and tuples. Its order is that in which elements came, and that of
/// size for whole numbers alone; Python's is that of its hashes.
final class TemplateSet: SizedObject, ComparableObject {
  let members: [TemplateValue]
  private weak var evaluation: Evaluation?

  init(_ members: [TemplateValue], _ evaluation: Evaluation) {
    let numbers = members.compactMap { if case .int(let number) = $0 { number } else { nil } }
    self.members = numbers.count == members.count ? numbers.sorted().map(TemplateValue.int) : members
    self.evaluation = evaluation
  }

  let typeName = "set"
  var length: Int { members.count }
  var isTrue: Bool { !members.isEmpty }
  func elements() -> [TemplateValue]? { members }

  var text: String {
    guard !members.isEmpty, let list = try? evaluation?.representation(.list(TemplateList(members))) else {
      return "set()"
    }
    return "{\(list.dropFirst().dropLast())}"
  }

  func equals(_ other: any TemplateObject, in evaluation: Evaluation) -> Bool {
    guard let other = other as? TemplateSet, other.length == length else { return false }
    return members.allSatisfy { member in other.members.contains { evaluation.equals(member, $0) } }
  }
}
