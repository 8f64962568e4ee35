import Functions
import OrderedCollections
import Value

/// One of the states `iptables.append`, `insert` and `delete`.
struct RuleChange: Sendable {
  let function: String
  let context: FunctionContext

  func result(_ options: ValueMap) async throws -> StateResult {
    if let rules = options["rules"]?.listValue { return try await several(rules) }
    let name = options["name"]?.description ?? ""
    let table = options["table"]?.description ?? "filter"
    let family = options["family"]?.description ?? "ipv4"
    guard let chain = options["chain"]?.description else {
      throw FunctionError(.badArguments, "iptables.\(function): 'chain' is missing.")
    }
    try IptablesTool.check(table: table, chain: chain)
    let tool = try IptablesTool(family, context)
    let rule = try IptablesRule(options)
    let given = options["position"].flatMap { $0.intValue ?? Int64($0.description) }.map { Int($0) }
    let flag = ["append": "A", "insert": "I", "delete": "D"][function] ?? "A"
    let line = tool.line(flag, table, chain, options["position"]?.description ?? "", rule)
    let isThere = try await tool.has(rule, table: table, chain: chain)
    let words = RuleComments(function: function, name: name, family: family, line: line)
    if function == "delete" ? !isThere && given == nil : isThere {
      var comment = words.already
      if function != "delete", let saved = try await saveIfNeeded(options, tool) {
        comment += "\nSaved iptables rule \(name) for \(family)\n\(line)\n\(saved)"
      }
      return StateResult(true, comment)
    }
    guard !context.isTest else { return StateResult(nil, words.forecast) }
    let arguments: [String]
    switch function {
    case "insert":
      guard let given else {
        throw FunctionError(.badArguments, "iptables.insert: 'position' is missing.")
      }
      arguments =
        [String(try await IptablesFunctions.position(given, tool, table, chain))] + rule.words
    case "delete": arguments = given.map { [String($0)] } ?? rule.words
    default: arguments = rule.words
    }
    let problem = try await tool.change(["-t", table, "-\(flag)", chain] + arguments)
    guard problem.isEmpty else { return StateResult(false, "\(words.failure)\n\(problem)") }
    var comment = words.done
    if let file = Self.file(options) {
      comment = "\(words.saved)\n\(line)\n\(try await tool.save(file.path))"
    }
    return StateResult(true, comment, changes: ["locale": .string(name)])
  }

  /// Salt's `rules`: each as a state of its own, saved once at the end.
  private func several(_ rules: [Value]) async throws -> StateResult {
    var names: [Value] = []
    var comments: [String] = []
    var outcome: Bool? = true
    var file: (path: String?, family: String)?
    for rule in rules {
      guard var options = rule.mapValue else {
        throw FunctionError(.badArguments, "iptables.\(function): 'rules' is a list of maps.")
      }
      options["rules"] = nil
      if let wanted = Self.file(options) {
        file = (wanted.path, options["family"]?.description ?? "ipv4")
      }
      options["save"] = nil
      let result = try await result(options)
      if let name = result.changes["locale"] { names.append(name) }
      comments.append(result.comment)
      if result.result == false {
        outcome = false
      } else if result.result == nil, outcome == true {
        outcome = nil
      }
    }
    if let file, !context.isTest, !names.isEmpty {
      _ = try await IptablesTool(file.family, context).save(file.path)
    }
    return StateResult(
      outcome, comments.joined(separator: "\n"),
      changes: names.isEmpty ? [:] : ["locale": .list(names)])
  }

  /// Nil when nothing is to be saved.
  static func file(_ options: ValueMap) -> (path: String?, Void)? {
    switch options["save"] {
    case nil, .null?, .bool(false)?, .string("")?: nil
    case .bool(true)?: (nil, ())
    case let path?: (path.description, ())
    }
  }

  /// Saves when the file has other rules than the kernel.
  private func saveIfNeeded(_ options: ValueMap, _ tool: IptablesTool) async throws -> String? {
    guard let file = Self.file(options) else { return nil }
    let saved = try tool.savedRules(file.path).map(IptablesTool.allRules)
    guard saved != IptablesTool.allRules(try await tool.rules()) else { return nil }
    return context.isTest ? "The rules would be saved" : try await tool.save(file.path)
  }
}
