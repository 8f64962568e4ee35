/// A command line that its specification allows.
public struct ParsedArguments: Sendable {
  public let command: String
  var flags: [String: Bool] = [:]
  var values: [String: String] = [:]
  var operands: [String: String] = [:]
  /// The operands that were left for the last one.
  public internal(set) var rest: [String] = []

  init(command: String) { self.command = command }

  /// What a flag says; nil when it was not given.
  public func flag(_ name: String) -> Bool? { flags[name] }
  /// The value of an option; nil when it was not given.
  public func value(_ name: String) -> String? { values[name] }
  /// An operand; nil when it is optional and was not given.
  public func operand(_ name: String) -> String? { operands[name] }
}
