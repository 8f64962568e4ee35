import Functions
import OrderedCollections
import Targeting
import Value

/// Matches this minion against the targets of a top file.
struct TopMatcher {
  let subject: TargetSubject
  let nodegroups: ValueMap
  /// The environments there are: a key of that name in a list is one, any other an option.
  let environments: Set<String>
  /// The one environment that counts; nil for all.
  let environment: String?

  init(_ context: FunctionContext, environments: Set<String>, environment: String?) {
    let id = context.options["id"] ?? context.grains["id"] ?? ""
    subject = TargetSubject(id: id.description, grains: context.grains, pillar: context.pillar)
    nodegroups = context.options["nodegroups"]?.mapValue ?? [:]
    self.environments = environments
    self.environment = environment
  }

  /// Whether a target means this minion. `- match: kind` among the options says how to read it; compound otherwise.
  ///
  /// - Throws: `StateProblem` for a target that cannot be read. A nodegroup that is not defined matches nobody, as in
  ///   Salt: the group may be known only where the tree is used for other minions.
  func matches(_ text: String, options: [Value]) throws(StateProblem) -> Bool {
    let word = options.compactMap { $0["match"] }.last?.description ?? "compound"
    var text = text
    let kind: TargetKind
    switch word {
    case "pillar_exact":
      guard text.contains(":") else { return false }
      text = Self.escapingGlob(text)
      kind = .pillar
    case "data", "range", "cache", "managing_minion", "resource", "compound_pillar_exact":
      throw problem("The matcher '\(word)' is not available", text, "Use compound, which has all others.")
    default:
      guard let known = TargetKind(rawValue: word) else {
        let near = NearestName.candidates(for: word, among: TargetKind.allCases.map(\.rawValue))
        throw problem(
          "'\(word)' is no matcher", text,
          near.isEmpty
            ? "Matchers are \(TargetKind.allCases.map(\.rawValue).joined(separator: ", "))."
            : "Did you mean \(near.joined(separator: " or "))?")
      }
      kind = known
    }
    do {
      return try Target.parse(kind: kind, text: text, nodegroups: nodegroups).matches(subject)
    } catch {
      if error.code == .unknownNodegroup { return false }
      throw problem(error.description, text, nil)
    }
  }

  private func problem(_ message: String, _ target: String, _ hint: String?) -> StateProblem {
    StateProblem(
      "Unable to match the target \(PythonText.quoted(target)) of the top file: \(message)", place: "top.sls",
      hint: hint)
  }

  /// The text with each character that a glob would read otherwise in brackets.
  private static func escapingGlob(_ text: String) -> String {
    text.map { "*?[".contains($0) ? "[\($0)]" : String($0) }.joined()
  }
}
