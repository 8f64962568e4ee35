import OrderedCollections
import Value

/// A job of a crontab: when, what, and what Salt's comment line above it says of it.
struct CronEntry: Sendable, Hashable {
  var schedule: CronSchedule
  var command: String
  /// Nil when there is no comment line; empty when there is one that holds only an identifier.
  var comment: String?
  var identifier: String?
  /// Switched off by `#DISABLED#` before the line.
  var isCommented = false

  /// Whether a request for this command and identifier means this job. One that carries an identifier is found only by
  /// that; one without is found by its command, and may so be given an identifier.
  func matches(command: String, identifier: String?) -> Bool {
    guard let own = self.identifier, !own.isEmpty else { return self.command == command }
    return own == identifier
  }

  /// The lines that stand for it.
  var lines: [String] {
    var lines: [String] = []
    if comment != nil || identifier != nil {
      var words = ["#"]
      if let comment, !comment.isEmpty {
        words.append(comment.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n# "))
      }
      if let identifier, !identifier.isEmpty { words.append("\(Crontab.identifierTag):\(identifier)") }
      lines += words.joined(separator: " ").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
    return lines + ["\(isCommented ? Crontab.disabledTag : "")\(schedule.text) \(command)"]
  }

  /// What `cron.list_tab` says of it.
  var value: Value {
    var map: ValueMap = [:]
    switch schedule {
    case .special(let word): map["spec"] = .string(word)
    case .times(let times): for (name, time) in zip(CronSchedule.names, times.fields) { map[name] = .string(time) }
    }
    map["cmd"] = .string(command)
    map["identifier"] = identifier.map(Value.string) ?? .null
    map["comment"] = comment.map(Value.string) ?? .null
    map["commented"] = .bool(isCommented)
    return .map(map)
  }
}
