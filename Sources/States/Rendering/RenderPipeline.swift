/// The renderers of an SLS: what its first line says (`#!jinja|json`), or the default `jinja|yaml`.
public struct RenderPipeline: Sendable, Hashable {
  /// A renderer that Brine has.
  public enum Stage: String, Sendable, Hashable {
    case jinja, yaml, json, text, gpg

    /// What comes out is data, which only `gpg` takes.
    var givesData: Bool { self == .yaml || self == .json }
  }

  public var stages: [Stage]

  public init(_ stages: [Stage]) { self.stages = stages }

  /// Salt's default.
  public static let standard = RenderPipeline([.jinja, .yaml])

  /// Reads the first line of a text; a path (`#!/bin/sh`) is none.
  ///
  /// - Parameter fallback: for a text without such a line.
  /// - Throws: `StateProblem` for renderers that Salt knows and Brine does not, and for ones nobody knows.
  public static func of(_ text: String, fallback: RenderPipeline = .standard) throws(StateProblem) -> RenderPipeline {
    guard text.hasPrefix("#!"), !text.hasPrefix("#!/") else { return fallback }
    let line = text.prefix { !$0.isNewline }
    return try parse(String(line.dropFirst(2)))
  }

  /// Reads renderers between `|` (`jinja | yaml`); what follows a renderer's name are its options.
  public static func parse(_ text: String) throws(StateProblem) -> RenderPipeline {
    let old = ["yaml_jinja": "jinja|yaml", "json_jinja": "jinja|json"]
    let line = text.trimmingSpaces()
    var stages: [Stage] = []
    for part in (old[line] ?? line).split(separator: "|", omittingEmptySubsequences: false) {
      let words = part.split(whereSeparator: \.isWhitespace)
      guard let name = words.first else {
        throw StateProblem(
          "The renderer line '#!\(line)' has an empty renderer", hint: "Write '#!jinja|yaml', for instance.")
      }
      guard let stage = Stage(rawValue: String(name)) else { throw refusal(String(name)) }
      if stage == .jinja, let option = words.dropFirst().first, option != "-s" {
        throw StateProblem("Unknown renderer option: \(words.dropFirst().joined(separator: " "))")
      }
      if let before = stages.last(where: \.givesData), stage != .gpg {
        throw StateProblem(
          "The renderer line '#!\(line)' has \(stage.rawValue) behind \(before.rawValue), which gives data and no text",
          hint: "Text renderers come first: '#!jinja|\(before.rawValue)'.")
      }
      stages.append(stage)
    }
    return RenderPipeline(stages)
  }

  private static func refusal(_ name: String) -> StateProblem {
    let hint =
      switch name {
      case "py", "pyobjects", "pydsl":
        "It runs Python, which Brine does not: write it as '#!jinja|yaml', with functions of your own "
          + "(docs/site-functions.md) called as salt['module.function']() for what Jinja cannot say."
      case "mako", "wempy", "genshi", "cheetah": "Write the template in Jinja ('#!jinja|yaml')."
      case "nacl": "Seal secrets with `brine seal`, or encrypt them with gpg."
      case "yamlex", "stateconf": "Write plain YAML ('#!jinja|yaml'); 'include' and 'extend' do what it adds."
      case "msgpack", "toml", "tomlmod", "hjson", "json5": "Write the data as YAML or JSON ('#!json')."
      default: "Brine has jinja, yaml, json, text and gpg."
      }
    return StateProblem("The renderer \"\(name)\" is not available", hint: hint)
  }
}
