import Value

/// A user's crontab as Salt keeps it: what stands above the marker line is the user's own and never touched; below it,
/// first the variables, then the jobs.
struct Crontab: Sendable, Hashable {
  static let marker = "# Lines below here are managed by Salt, do not edit"
  static let identifierTag = "SALT_CRON_IDENTIFIER"
  static let disabledTag = "#DISABLED#"

  struct Variable: Sendable, Hashable {
    var name: String
    var value: String
  }

  /// Lines above the marker.
  var unmanaged: [String] = []
  var variables: [Variable] = []
  /// Jobs with five time fields.
  var jobs: [CronEntry] = []
  /// Jobs with a word such as `@daily`.
  var specials: [CronEntry] = []
  /// Lines below the marker that are none of these. Salt drops them; here they are kept, at the end.
  var others: [String] = []

  /// The file that crontab(1) is given.
  var text: String {
    var lines = unmanaged
    if lines.last != Self.marker { lines.append(Self.marker) }
    lines += variables.map { "\($0.name)=\($0.value.isEmpty ? "\"\"" : $0.value)" }
    lines += (jobs + specials).flatMap(\.lines)
    return (lines + others).map { $0 + "\n" }.joined()
  }

  /// What `cron.list_tab` returns.
  var value: Value {
    [
      "pre": .strings(unmanaged), "crons": .list(jobs.map(\.value)), "special": .list(specials.map(\.value)),
      "env": .list(variables.map { ["name": .string($0.name), "value": .string($0.value)] }),
    ]
  }

  /// Where a job is.
  enum Place: Sendable, Hashable {
    case job(Int)
    case special(Int)
  }

  /// The first job that a request means: jobs with times before those with words, as Salt looks.
  func place(command: String, identifier: String?) -> Place? {
    if let index = jobs.firstIndex(where: { $0.matches(command: command, identifier: identifier) }) {
      return .job(index)
    }
    return specials.firstIndex { $0.matches(command: command, identifier: identifier) }.map(Place.special)
  }

  subscript(_ place: Place) -> CronEntry {
    switch place {
    case .job(let index): jobs[index]
    case .special(let index): specials[index]
    }
  }

  mutating func remove(_ place: Place) {
    switch place {
    case .job(let index): jobs.remove(at: index)
    case .special(let index): specials.remove(at: index)
    }
  }

  mutating func append(_ entry: CronEntry) {
    switch entry.schedule {
    case .times: jobs.append(entry)
    case .special: specials.append(entry)
    }
  }
}
