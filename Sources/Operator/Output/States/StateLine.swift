import OrderedCollections
public import Value

/// One state of a run as it was returned.
public struct StateLine: Sendable, Hashable {
  public let id: String
  public let name: String
  /// `module.function`.
  public let function: String
  public let result: Bool?
  /// What changed; empty when nothing did.
  public let changes: Value
  public let comment: String
  public let warnings: [String]
  /// `HH:MM:SS.ffffff`; empty for a state that was not run.
  public let started: String
  /// Milliseconds.
  public let duration: Double
  let position: Int64

  init?(tag: Value, _ entry: Value) {
    guard case .string(let tag) = tag, case .map(let map) = entry, let result = map["result"] else { return nil }
    let parts = Self.parts(of: tag)
    guard parts.count == 4 else { return nil }
    id = map["__id__"]?.description ?? parts[1]
    name = map["name"]?.description ?? parts[2]
    function = "\(parts[0]).\(parts[3])"
    self.result = result.boolValue
    changes = map["changes"] ?? [:]
    comment = Self.text(map["comment"])
    warnings = map["warnings"]?.listValue?.map(\.description) ?? []
    started = map["start_time"]?.stringValue ?? ""
    duration = map["duration"]?.doubleValue ?? 0
    position = map["__run_num__"]?.intValue ?? 0
  }

  /// The four parts of a tag; ids and names may hold the separator's characters one by one, not the separator.
  private static func parts(of tag: String) -> [String] {
    var parts: [[UInt8]] = [[]]
    let bytes = Array(tag.utf8)
    var place = 0
    while place < bytes.count {
      if bytes[place...].starts(with: "_|-".utf8) {
        parts.append([])
        place += 3
      } else {
        parts[parts.count - 1].append(bytes[place])
        place += 1
      }
    }
    return parts.map { String(decoding: $0, as: UTF8.self) }
  }

  private static func text(_ comment: Value?) -> String {
    switch comment {
    case nil, .null: ""
    case .list(let lines): lines.map(\.description).joined(separator: "\n")
    case let other?: other.description
    }
  }

  /// The same but for what differs between hosts that did the same: times, and the process id of a command.
  var outcome: StateLine.Outcome {
    var changes = changes
    if case .map(var map) = changes, map["pid"] != nil, map["retcode"] != nil {
      map["pid"] = nil
      changes = .map(map)
    }
    return Outcome(
      id: id, name: name, function: function, result: result, changes: changes, comment: comment, warnings: warnings)
  }

  /// What two hosts must share to be shown together.
  struct Outcome: Hashable {
    let id: String
    let name: String
    let function: String
    let result: Bool?
    let changes: Value
    let comment: String
    let warnings: [String]
  }
}

extension Value {
  /// Whether a state's `changes` say anything.
  var isEmpty: Bool {
    switch self {
    case .null: true
    case .map(let map): map.isEmpty
    case .list(let list): list.isEmpty
    case .string(let text): text.isEmpty
    default: false
    }
  }
}
