import Functions
import OrderedCollections
import Value

/// Events that states ask for with `fire_event`: each tells the master the state's return.
struct StateEvents: Sendable {
  private let context: FunctionContext
  /// Positions that have not told yet, with what they want as the end of the tag.
  private var pending: [Int: Value] = [:]

  init(_ plan: StatePlan, _ context: FunctionContext) {
    self.context = context
    // Without a master nobody listens; Salt then is silent too.
    guard !(context.events is NoEventSink) else { return }
    for (position, state) in plan.states.enumerated() {
      if let word = state.chunk.data["fire_event"], Truth.isTrue(word) { pending[position] = word }
    }
  }

  /// Tells of those that have a return now. One that cannot be told gets a warning.
  mutating func tell(_ run: inout StateRun) async {
    for (position, word) in pending {
      guard run.returns.indices.contains(position), let result = run.returns[position] else { continue }
      pending[position] = nil
      let end = word.stringValue ?? result.name.description
      do {
        try await context.events.send(tag(end), ["ret": result.value])
      } catch {
        run.returns[position]?.warnings.append("The event of fire_event was not sent: \(error)")
      }
    }
  }

  /// `salt/state_result/JOB/ID/END` with what may stand in a tag.
  private func tag(_ end: String) -> String {
    let id = context.options["id"]?.description ?? context.grains["id"]?.description ?? "minion"
    let job = context.jobID.isEmpty ? "0" : context.jobID
    let parts = "\(id)/\(end)".split(separator: "/").map { part in
      String(part.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "_" })
    }
    return String("salt/state_result/\(job)/\(parts.joined(separator: "/"))".prefix(256))
  }
}
