import Functions
import Glibc
import OrderedCollections
import Value

/// Calls one state function as the engine does: checks the declaration, asks its conditions, binds its arguments.
///
/// Whatever goes wrong becomes a return with result False; only cancellation is thrown.
struct StateCaller: Sendable {
  let world: RunWorld
  let lowChunks: [ValueMap]
  let memory: StateMemory

  init(world: RunWorld, lowChunks: [ValueMap], memory: StateMemory) {
    self.world = world
    self.lowChunks = lowChunks
    self.memory = memory
  }

  init(context: FunctionContext, lowChunks: [ValueMap], memory: StateMemory) {
    self.init(world: RunWorld(context, memory: memory), lowChunks: lowChunks, memory: memory)
  }

  private var context: FunctionContext { world.context }

  func call(_ call: StateCall) async throws -> StateReturn {
    let started = LocalTime.timeOfDay()
    let clock = ContinuousClock()
    let start = clock.now
    let problems = StateDeclaration.problems(of: call, in: context.states)
    if !problems.isEmpty { return refusal(call, problems) }
    var result: StateReturn
    do {
      result = try await outcome(of: call)
    } catch let error as CancellationError {
      throw error
    } catch {
      result = StateReturn(
        name: call.chunk.data["name"] ?? .null, result: false,
        comment: "An exception occurred in this state: \(error)")
    }
    if call.mode != .check, call.chunk.data["no_log"].map(Truth.isTrue) ?? false { result.mask() }
    guard call.mode != .check else { return result }
    if RunWorld.isRefreshing(call.chunk.data) {
      do {
        try await world.refresh(call.chunk.data)
      } catch {
        result.result = false
        result.comment += "\nThe pillar cannot be compiled again: \(error)"
      }
    }
    result.startTime = started
    result.duration = Self.milliseconds(clock.now - start)
    return result
  }

  private func refusal(_ call: StateCall, _ problems: [String]) -> StateReturn {
    var result = StateReturn(
      name: call.chunk.data["name"] ?? .null, result: false, comment: problems.map { $0 + "\n" }.joined())
    result.isIdentified = false
    result.warnings = StateDeclaration.hints(of: call, in: context.states)
    return result
  }

  private func outcome(of call: StateCall) async throws -> StateReturn {
    var data = call.chunk.data
    let name = data["name"] ?? .null
    var functions = context
    if call.mode == .check { functions.isTest = true }
    let conditions = StateConditions(chunk: data, context: functions)
    guard let function = context.states[call.function] else { throw CancellationError() }
    var result: StateReturn
    var extra: ValueMap = [:]
    if StateConditions.isNeeded(data) {
      let verdict = try await conditions.verdict()
      if verdict.isSkippingWatch { extra["skip_watch"] = true }
      if verdict.isSkipping {
        result = StateReturn(name: name, result: true, comment: verdict.comments.joined(separator: "\n"))
        result.extra = extra
        return try await checked(result, conditions, function)
      }
    }
    if !call.companions.isEmpty, let aggregate = function.aggregate {
      data = aggregate(data, call.companions.map(\.data))
    }
    let answer = try await execute(call, function, data, functions)
    result = StateReturn(
      name: answer.extra["name"] ?? name, result: answer.result, comment: answer.comment, changes: answer.changes)
    result.warnings = answer.warnings
    result.extra = answer.extra
    result.extra["name"] = nil
    return try await checked(result, conditions, function)
  }

  private func execute(
    _ call: StateCall, _ function: StateFunction, _ data: ValueMap, _ functions: FunctionContext
  ) async throws -> StateResult {
    let binding = try await StateBinding(data, to: function.signature, slots: SlotResolver(context: functions))
    var chunk = data
    for (word, value) in binding.resolved { chunk[word] = value }
    let state = StateContext(
      functions: functions, id: call.chunk.id, sls: call.chunk.sls,
      environment: data["saltenv"]?.stringValue ?? call.chunk.environment, chunk: chunk, lowChunks: lowChunks,
      memory: memory)
    let mask = StateDeclaration.mask(data)
    let earlier = mask.map { Glibc.umask($0) }
    defer { if let earlier { _ = Glibc.umask(earlier) } }
    var result: StateResult
    if call.mode == .watch {
      result = try await watch(call, function, binding.arguments, state)
    } else {
      result = try await function.body(binding.arguments, state)
    }
    result.warnings += binding.warnings
    // A name that is a slot is known by what it has become.
    if let name = binding.resolved["name"], result.extra["name"] == nil { result.extra["name"] = name }
    return result
  }

  private func watch(
    _ call: StateCall, _ function: StateFunction, _ arguments: Arguments, _ state: StateContext
  ) async throws -> StateResult {
    if let body = function.watch { return try await body(arguments, state) }
    return StateResult(false, "Unable to trigger watch for \(call.function)")
  }

  /// `check_cmd` decides in place of the state, but where the state takes it as an argument of its own.
  private func checked(
    _ result: StateReturn, _ conditions: StateConditions, _ function: StateFunction
  ) async throws -> StateReturn {
    guard conditions.chunk["check_cmd"] != nil else { return result }
    guard !function.signature.parameters.contains(where: { $0.name == "check_cmd" }) else { return result }
    let verdict = try await conditions.checkCommand()
    var result = result
    result.result = verdict.result
    result.comment = verdict.comment
    return result
  }

  private static func milliseconds(_ duration: Duration) -> Double {
    let parts = duration.components
    return Double(parts.seconds) * 1000 + Double(parts.attoseconds) / 1e15
  }
}
