import Functions
import HostSystem
import OrderedCollections
import Value

/// `unless`, `onlyif`, `creates` and `check_cmd` of a state.
struct StateConditions: Sendable {
  let chunk: ValueMap
  let context: FunctionContext

  /// What one condition, or all together, say.
  struct Verdict: Sendable, Hashable {
    /// True: the state is not to run.
    var isSkipping = false
    var isSkippingWatch = false
    var comments: [String] = []
  }

  static func isNeeded(_ chunk: ValueMap) -> Bool {
    chunk["unless"] != nil || chunk["onlyif"] != nil || chunk["creates"] != nil
  }

  /// What all of them say; Salt runs the state when none of them speaks against it.
  func verdict() async throws -> Verdict {
    var all = Verdict()
    if let condition = chunk["onlyif"] { all.add(try await onlyIf(condition)) }
    if let condition = chunk["unless"] { all.add(try await unless(condition)) }
    if let paths = chunk["creates"] { all.add(creates(paths)) }
    return all
  }

  /// The result that `check_cmd` gives the state in place of its own.
  func checkCommand() async throws -> StateResult {
    let lines = chunk["check_cmd"]?.listValue ?? [chunk["check_cmd"] ?? .null]
    var options: ValueMap = [:]
    if let shell = hostShell { options["shell"] = shell }
    for line in lines where try await exitCode(line.description, options) != 0 {
      return StateResult(false, "check_cmd determined the state failed")
    }
    return StateResult(true, "check_cmd determined the state succeeded")
  }

  /// Runs the state only if all hold.
  private func onlyIf(_ condition: Value) async throws -> Verdict {
    for entry in condition.listValue ?? [condition] {
      let holds: Bool
      switch entry {
      case .string(let line): holds = (try? await exitCode(line, commandOptions)) == 0
      case .map(let call):
        guard call["fun"] != nil else { return .runs("no `fun` argument in onlyif: \(entry)") }
        holds = try await self.call(call)
      default: return .runs("onlyif execution failed, bad type passed")
      }
      try Task.checkCancellation()
      if !holds { return .skips("onlyif condition is false") }
    }
    return .runs("onlyif condition is true")
  }

  /// Runs the state unless all hold.
  private func unless(_ condition: Value) async throws -> Verdict {
    var verdict = Verdict.runs("unless condition is false")
    for entry in condition.listValue ?? [condition] {
      let holds: Bool
      switch entry {
      case .string(let line):
        // A command that cannot be started counts as one that holds.
        holds = ((try? await exitCode(line, commandOptions)) ?? 0) == 0
      case .map(let call):
        guard call["fun"] != nil else { return .runs("no `fun` argument in unless: \(entry)") }
        holds = try await self.call(call)
      default:
        verdict = .runs("unless condition is false, bad type passed")
        continue
      }
      try Task.checkCancellation()
      guard holds else { return .runs("unless condition is false") }
      verdict = .skips("unless condition is true")
    }
    return verdict
  }

  private func creates(_ paths: Value) -> Verdict {
    switch paths {
    case .string(let path) where context.files.exists(path): return .skips("\(path) exists")
    case .list(let paths) where paths.allSatisfy({ context.files.exists($0.description) }):
      return .skips("All files in creates exist")
    default: return .runs("Creates files not found")
    }
  }

  /// True when the function returns something true and reports no exit code but 0.
  private func call(_ entry: ValueMap) async throws -> Bool {
    var named = entry
    let name = named.removeValue(forKey: "fun")?.description ?? ""
    let path = named.removeValue(forKey: "get_return")
    let positional = named.removeValue(forKey: "args")?.listValue ?? []
    let slots = SlotResolver(context: context)
    var arguments = CallArguments()
    for argument in positional { arguments.positional.append(try await slots.resolve(argument)) }
    for (key, argument) in named { arguments.named[key] = try await slots.resolve(argument) }
    let code = ReportedCode()
    var context = context
    context.reportExitCode = { code.set($0) }
    context.isTest = false
    var result = try await context.registry.call(name, arguments, context)
    if let path, !path.isNull { result = ValuePath.value(at: path.description, in: result) ?? .null }
    return code.value == 0 && Truth.isTrue(result)
  }
}

extension StateConditions.Verdict {
  static func runs(_ comment: String) -> Self { .init(comments: [comment]) }
  static func skips(_ comment: String) -> Self { .init(isSkipping: true, isSkippingWatch: true, comments: [comment]) }

  mutating func add(_ other: Self) {
    isSkipping = isSkipping || other.isSkipping
    isSkippingWatch = isSkippingWatch || other.isSkippingWatch
    comments += other.comments
  }
}
