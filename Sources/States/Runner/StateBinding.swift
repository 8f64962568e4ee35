import Functions
import OrderedCollections
import Value

/// A low chunk's arguments bound to a state function's parameters, slots resolved.
struct StateBinding: Sendable {
  var arguments: Arguments
  /// What slots have become, by argument.
  var resolved: ValueMap = [:]
  /// About arguments that the function does not have; the state runs without them.
  var warnings: [String] = []

  init(_ data: ValueMap, to signature: FunctionSignature, slots: SlotResolver) async throws {
    let takesAll = signature.parameters.contains { $0.kind == .keywords }
    let names = Set(signature.parameters.lazy.filter { $0.kind != .keywords }.map(\.name))
    var named: ValueMap = [:]
    var unknown: [String] = []
    for (key, value) in data {
      let word = key.description
      if names.contains(word) || (takesAll && !EngineWords.isEngine(word)) {
        let argument = try await slots.resolve(value)
        if argument != value { resolved[key] = argument }
        named[key] = argument
      } else if !EngineWords.isEngine(word), word != "name" {
        unknown.append(word)
      }
    }
    arguments = try Arguments(binding: CallArguments(named: named), to: signature)
    if !unknown.isEmpty { warnings = [Self.warning(unknown, signature)] }
  }

  /// Salt's sentence, and the nearest names.
  private static func warning(_ words: [String], _ signature: FunctionSignature) -> String {
    let quoted = words.map { "'\($0)'" }
    let lead =
      words.count == 1
      ? "\(quoted[0]) is an invalid keyword argument"
      : "\(quoted.dropLast().joined(separator: ", ")) and \(quoted.last ?? "") are invalid keyword arguments"
    let names = signature.parameters.map(\.name)
    let near = words.compactMap { word in
      NearestName.candidates(for: word, among: names).first.map { "'\($0)' in place of '\(word)'" }
    }
    let hint = near.isEmpty ? "" : " Did you mean \(near.joined(separator: ", "))?"
    return "\(lead) for '\(signature.name)'.\(hint)"
  }
}
