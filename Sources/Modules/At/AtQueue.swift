import Functions
import HostSystem
import OrderedCollections
import Value

/// The jobs of at(1).
struct AtQueue: Sendable {
  private static let mark = "### SALT: "
  private static let filters: Set<String> = ["runas", "tag", "hour", "minute", "day", "month", "year"]
  let context: FunctionContext

  init(_ context: FunctionContext) { self.context = context }

  /// Salt's `{job, date, time, queue, user, tag}` of each, by job number or tag when one is given.
  func jobs(_ wanted: Value = .null) async throws -> [ValueMap] {
    var jobs: [ValueMap] = []
    for line in try await context.output(of: ["atq"], package: "at").splitLines() {
      // `3<tab>Wed Nov 25 22:10:00 2026 a root`
      let words = line.fields()
      guard words.count >= 8, let number = Int64(words[0]) else { continue }
      let text = try await context.output(of: ["at", "-c", words[0]], package: "at")
      let tagLine = text.splitLines().last { $0.hasPrefix(Self.mark) }
      let tag =
        tagLine.map { String($0.dropFirst(Self.mark.count).prefix { $0.isLetter || $0.isNumber || $0 == "_" }) } ?? ""
      guard [.null, .string(tag), .int(number)].contains(wanted) || wanted.description == words[0] else { continue }
      jobs.append([
        "job": .int(number), "date": .string(Self.date(words)), "time": .string(words[4]), "queue": .string(words[6]),
        "user": .string(words[7]), "tag": .string(tag),
      ])
    }
    return jobs
  }

  /// The jobs that have all of these: `runas`, `tag`, `hour`, `minute`, `day`, `month`, `year`.
  func jobs(with wishes: ValueMap) async throws -> [ValueMap] {
    if let unknown = wishes.keys.first(where: { !Self.filters.contains($0.description) }) {
      throw FunctionError(
        .badArguments, "Jobs are not found by '\(unknown)'.", hint: Self.filters.sorted().joined(separator: ", "))
    }
    return try await jobs().filter { job in
      let date = (job["date"]?.description ?? "").split(separator: "-").map(String.init)
      let time = (job["time"]?.description ?? "").split(separator: ":").map(String.init)
      let fields: [String: Value?] = ["runas": job["user"], "tag": job["tag"]]
      let numbers: [String: String?] = [
        "hour": time.first, "minute": time.dropFirst().first, "day": date.last, "month": date.dropFirst().first,
        "year": date.first,
      ]
      return wishes.allSatisfy { name, value in
        if [.null, "", 0].contains(value) { return true }
        if let field = fields[name.description] { return field?.description == value.description }
        let number = numbers[name.description].flatMap { $0 }.flatMap { Int($0) }
        let wanted = Int(value.description)
        return number == (name == "year" ? wanted.map { $0 < 100 ? 2000 + $0 : $0 } : wanted)
      }
    }
  }

  /// Queues a job; the job as `jobs` tells it, or nil when the time was not understood.
  func add(_ time: String, _ job: String, tag: String?, user: String?) async throws -> [ValueMap]? {
    guard !time.hasPrefix("-"), !time.isEmpty else {
      throw FunctionError(.badArguments, "'\(time)' is not a time of at(1).")
    }
    var command = Command(["at"] + time.fields())
    command.standardInput = .bytes(Array("\(tag.map { "\(Self.mark)\($0)\n" } ?? "")\(job)\n".utf8))
    command.environment = ["LC_ALL": "C.UTF-8"]
    command.isErrorMerged = true
    guard context.commands.which("at") != nil else {
      throw FunctionError(.unavailable, "There is no 'at' here.", hint: "It comes with the package 'at'.")
    }
    if let user {
      let account = try await CommandAccount.look(up: user, group: nil, context.commands)
      command.user = account.runAs
      command.workingDirectory = "/"
      command.environment.merge(["HOME": account.home, "USER": user, "LOGNAME": user]) { $1 }
    }
    let result = try await context.commands.run(command)
    let line = result.outputLines.first { $0.hasPrefix("job ") }
    guard let line, let number = line.fields().dropFirst().first.flatMap({ Int64($0) }) else {
      if result.outputText.contains("Garbled time") { return nil }
      throw FunctionError(.failed, "at ended with \(result.exitCode): \(result.outputText.trimmed())")
    }
    return try await jobs(.int(number))
  }

  /// The numbers of those that were there.
  func remove(_ jobs: [ValueMap]) async throws -> [String] {
    let numbers = jobs.compactMap { $0["job"]?.description }
    if !numbers.isEmpty { _ = try await context.output(of: ["at", "-d"] + numbers, package: "at") }
    return numbers
  }

  private static func date(_ words: [String]) -> String {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let month = (months.firstIndex(of: words[2]) ?? 0) + 1
    return "\(words[5])-\(month < 10 ? "0" : "")\(month)-\(words[3].count < 2 ? "0" : "")\(words[3])"
  }
}
