public import OrderedCollections
public import Value

/// What is known of one state after it ran, or was passed over: Salt's return of a state.
public struct StateReturn: Sendable, Hashable {
  public var name: Value
  public var result: Bool?
  public var changes: ValueMap
  public var comment: String
  public var warnings: [String] = []
  /// Further keys: those of the state, `skip_watch`, `__parallel__`, …
  public var extra: ValueMap = [:]
  /// False when a requisite kept it from running (`__state_ran__`).
  public var didRun = true
  /// False when it could not even be called; Salt gives no `__id__`, `__sls__` and times then.
  public var isIdentified = true
  public var runNumber = 0
  public var id = ""
  public var sls: Value = .null
  /// Local time of day, `15:04:05.123456`; nil where Salt gives none.
  public var startTime: String?
  /// Milliseconds.
  public var duration = 0.0

  public init(
    name: Value, result: Bool?, comment: String, changes: ValueMap = [:], startTime: String? = nil,
    duration: Double = 0
  ) {
    self.name = name
    self.result = result
    self.comment = comment
    self.changes = changes
    self.startTime = startTime
    self.duration = duration
  }

  /// Salt's map, with Salt's keys.
  public var value: Value {
    var map: ValueMap = [
      "name": name, "changes": .map(changes), "result": result.map(Value.bool) ?? .null, "comment": .string(comment),
    ]
    if !warnings.isEmpty { map["warnings"] = .strings(warnings) }
    for (key, value) in extra { map[key] = value }
    if !didRun { map["__state_ran__"] = false }
    if isIdentified { map["__sls__"] = sls }
    map["__run_num__"] = .integer(runNumber)
    if let startTime {
      map["start_time"] = .string(startTime)
      map["duration"] = .double((duration * 1000).rounded() / 1000)
    }
    if isIdentified { map["__id__"] = .string(id) }
    return .map(map)
  }

  func isTrue(_ key: String) -> Bool { extra[key]?.boolValue ?? false }
}
