/// What is known of a function without running it: enough to document it, complete it and refuse bad arguments.
public struct FunctionSignature: Sendable {
  /// `module.function`, Salt's name where Salt has it.
  public var name: String
  /// One sentence.
  public var summary: String
  /// Paragraphs after the summary: shapes of what is returned, examples, errors.
  public var details: String
  public var parameters: [Parameter]
  public var effect: FunctionEffect

  public var module: String { String(name.prefix { $0 != "." }) }

  /// `pkg.version(names…, versions_as_list=False)`, as `brine docs` and usage errors show it.
  public var line: String {
    let list = parameters.map { parameter -> String in
      switch parameter.kind {
      case .variadic: "*\(parameter.name)"
      case .keywords: "**\(parameter.name)"
      case .normal: parameter.defaultValue.map { "\(parameter.name)=\($0)" } ?? parameter.name
      }
    }
    return "\(name)(\(list.joined(separator: ", ")))"
  }
}
