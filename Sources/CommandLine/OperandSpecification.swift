/// A word of a command that is no option.
public struct OperandSpecification: Sendable {
  public enum Count: Sendable, Hashable {
    case one, optional
    /// All that follow, or none; it stands last.
    case rest
  }

  public var name: String
  public var count: Count
  public var help: String

  public init(_ name: String, _ count: Count = .one, _ help: String = "") {
    self.name = name
    self.count = count
    self.help = help
  }

  var usage: String {
    switch count {
    case .one: "<\(name)>"
    case .optional: "[<\(name)>]"
    case .rest: "[<\(name)> ...]"
    }
  }
}
