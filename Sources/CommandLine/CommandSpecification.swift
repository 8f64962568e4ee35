/// What a subcommand takes.
public struct CommandSpecification: Sendable {
  public var name: String
  public var summary: String
  public var discussion: String
  public var options: [OptionSpecification]
  public var operands: [OperandSpecification]
  /// Not listed; another program calls it.
  public var isHidden: Bool

  public init(
    _ name: String, _ summary: String, discussion: String = "", options: [OptionSpecification] = [],
    operands: [OperandSpecification] = [], isHidden: Bool = false
  ) {
    self.name = name
    self.summary = summary
    self.discussion = discussion
    self.options = options
    self.operands = operands
    self.isHidden = isHidden
  }

  /// `run [--config <config>]`.
  var usage: String {
    let words = options.flatMap { option in
      [Optional(option.valueName == nil ? option.name : option.usage), option.negation].compactMap {
        $0.map { "[\($0)]" }
      }
    }
    return ([name] + words + operands.map(\.usage)).joined(separator: " ")
  }
}
