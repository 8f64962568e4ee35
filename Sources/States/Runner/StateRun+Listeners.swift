import OrderedCollections
import Value

extension StateRun {
  /// Where listeners begin; past the end until they are added.
  var listenersStart: Int { isListening ? plannedCount : Int.max }

  /// Adds, for each state that listens to one that changed, its watch function as a state of its own.
  mutating func addListeners() {
    plannedCount = states.count
    nextOnAgenda = agenda.count
    for position in 0..<plannedCount {
      guard let sources = states[position].requisites[.listen], sources.contains(where: hasChanged) else { continue }
      agenda.append(states.count)
      states.append(PlannedState(Self.listener(for: states[position].chunk)))
      needs.append([])
      returns.append(nil)
    }
  }

  private func hasChanged(_ position: Int) -> Bool {
    returns.indices.contains(position) && returns[position]?.changes.isEmpty == false
  }

  private static func listener(for chunk: LowChunk) -> LowChunk {
    var chunk = chunk
    chunk.data["sfun"] = chunk.data["fun"]
    chunk.data["fun"] = "mod_watch"
    chunk.data["__id__"] = .string("listener_\(chunk.id)")
    for word in EngineWords.requisites { chunk.data[word] = nil }
    return chunk
  }

  /// Salt's return for a `listen` that names no state: it fails the run, at its end.
  mutating func reportMissingListens() {
    for missing in missingListens where missing.triggers.isEmpty || missing.triggers.contains(where: hasChanged) {
      let tag = "Listen_Error_|-listen_\(missing.id)_|-listen_\(missing.module)_|-Listen_Error"
      guard errors[tag] == nil else { continue }
      var result = StateReturn(
        name: .string("listen_\(missing.module):\(missing.id)"), result: false, comment: missing.comment)
      result.isIdentified = false
      result.runNumber = runNumber
      runNumber += 1
      errors[tag] = result
    }
  }
}
