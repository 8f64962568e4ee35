/// An option of a command.
public struct OptionSpecification: Sendable {
  /// `--config`.
  public var name: String
  /// One letter for it: `-c`.
  public var short: String?
  /// Its other spelling, which says the opposite: `--no-state-verbose`.
  public var negation: String?
  /// What its value is called; nil for a flag.
  public var valueName: String?
  public var help: String
  /// The values it may have; empty when any will do.
  public var choices: [String]
  public var defaultText: String?

  /// An option with a value: `--out FORMAT`, `--out=FORMAT`. Of several the last one counts.
  public static func value(
    _ name: String, short: String? = nil, _ valueName: String, _ help: String, choices: [String] = [],
    default defaultText: String? = nil
  ) -> OptionSpecification {
    OptionSpecification(
      name: name, short: short, valueName: valueName, help: help, choices: choices, defaultText: defaultText)
  }

  /// An option without one.
  public static func flag(_ name: String, _ help: String, negation: String? = nil) -> OptionSpecification {
    OptionSpecification(name: name, negation: negation, help: help, choices: [])
  }

  /// `--out <out>`.
  var usage: String { valueName.map { "\(name) <\($0)>" } ?? negation.map { "\(name)/\($0)" } ?? name }

  /// `-c, --config <config>`, as help lists it.
  var listing: String { (short.map { "\($0), " } ?? "") + usage }

  var details: String {
    var notes: [String] = []
    if !choices.isEmpty { notes.append("values: \(choices.joined(separator: ", "))") }
    if let defaultText { notes.append("default: \(defaultText)") }
    return notes.isEmpty ? help : "\(help) (\(notes.joined(separator: "; ")))"
  }
}
