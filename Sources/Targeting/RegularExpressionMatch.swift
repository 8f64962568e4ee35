/// What a regular expression found: the whole match is group 0.
public struct RegularExpressionMatch: Sendable {
  let subject: Subject
  private let names: [String: Int]
  /// The groups' ranges in the text's UTF-8; nil for a group that took no part.
  public let groups: [Range<Int>?]

  init(subject: Subject, names: [String: Int], groups: [Range<Int>?]) {
    self.subject = subject
    self.names = names
    self.groups = groups
  }

  /// Where the match is, in the text's UTF-8.
  public var range: Range<Int> { groups.first.flatMap { $0 } ?? 0..<0 }

  /// The text that matched.
  public var text: Substring { subject.text(range) }

  /// A group's text; nil when it took no part or there is none of that number.
  public subscript(_ number: Int) -> Substring? {
    guard groups.indices.contains(number), let range = groups[number] else { return nil }
    return subject.text(range)
  }

  /// A named group's text; nil when it took no part or there is none of that name.
  public subscript(_ name: String) -> Substring? { names[name].flatMap { self[$0] } }
}
