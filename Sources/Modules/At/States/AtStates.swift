public import Functions
import OrderedCollections
import Value

/// States `at.*`.
public enum AtStates {
  public static let all: [StateFunction] = [
    StateFunction(
      "at.present", "Has a job queued.",
      details: "Changes are `{job, date, time, queue, user, tag}`. Without "
        + "`unique_tag` each run queues one more, as in Salt.",
      parameters: parameters
    ) { arguments, context in try await added(arguments, context) },
    StateFunction(
      "at.watch", "Queues a job when something that it watches has changed.", parameters: parameters, watch: added
    ) { _, _ in StateResult(true, "") },
    absent,
  ]

  private static let parameters: [Parameter] = [
    .required("name", .string, "The command, where `job` does not give it."),
    .required("timespec", .string, "When, as at(1) takes it."), .optional("tag", .string, "A word to find it by."),
    .optional("user", .string, "The user whose job it is."), .optional("job", .string, "The command."),
    .optional("unique_tag", .bool, default: false, "Only while no job has the tag."),
  ]

  @Sendable private static func added(_ arguments: Arguments, _ context: StateContext) async throws -> StateResult {
    let (time, tag) = (arguments.string("timespec"), arguments.optionalString("tag"))
    let job = arguments.optionalString("job") ?? arguments.string("name")
    if context.isTest { return StateResult(nil, "job \(job) added and will run on \(time)") }
    let queue = AtQueue(context.functions)
    do {
      if arguments.bool("unique_tag") {
        guard let tag else { return StateResult(false, "no tag provided and unique_tag is set to True") }
        if try await !queue.jobs(.string(tag)).isEmpty {
          return StateResult(true, "atleast one job with tag \(tag) exists.")
        }
      }
      let user = arguments.optionalString("user")
      if let user, try await AccountDatabase(context.functions).user(named: user) == nil {
        return StateResult(false, "user \(user) does not exists")
      }
      // Salt marks a job without a tag with the word None.
      guard let jobs = try await queue.add(time, job, tag: tag ?? "None", user: user) else {
        return StateResult(false, "invalid timespec")
      }
      let words = user.map { "will run as \($0) on" } ?? "will run on"
      return StateResult(true, "job \(job) added and \(words) \(time)", changes: jobs.first ?? [:])
    } catch { return StateResult(failed: error) }
  }

  private static let absent = StateFunction(
    "at.absent", "Has jobs not queued.", details: "Changes are `{removed: [number]}`.",
    parameters: [
      .required("name", .string, "Any text."), .optional("jobid", .any, "A job's number; all jobs without anything."),
      .keywords("kwargs", "`runas`, `tag`, `hour`, `minute`, `day`, `month`, `year`."),
    ]
  ) { arguments, context in
    let wishes = arguments.map("kwargs")
    guard wishes["limit"] == nil else {
      return StateResult(false, "limit parameter not supported \(arguments.string("name"))")
    }
    if context.isTest { return StateResult(nil, "removed ? job(s)") }
    let queue = AtQueue(context.functions)
    do {
      if let id = arguments.optionalString("jobid") {
        let jobs = try await queue.jobs(arguments["jobid"])
        guard !jobs.isEmpty else { return StateResult(true, "job with id \(id) not present") }
        guard jobs.count == 1 else {
          return StateResult(false, "more than one job was return for job with id \(id)")
        }
        let removed = try await queue.remove(jobs)
        return StateResult(true, "job with id \(id) was removed", changes: ["removed": .strings(removed)])
      }
      let removed = try await queue.remove(wishes.isEmpty ? queue.jobs() : queue.jobs(with: wishes))
      return StateResult(
        true, "removed \(removed.count) job(s)", changes: removed.isEmpty ? [:] : ["removed": .strings(removed)])
    } catch { return StateResult(failed: error) }
  }
}
