public import Functions
import OrderedCollections
import Value

/// `at.*`: jobs that run once.
public enum AtFunctions {
  public static let all: [Function] = [list, add, remove, show, check]

  private static let list = Function(
    "at.atq", "Lists the queued jobs.", details: "Returns `{jobs: [{job, date, time, queue, user, tag}]}`.",
    effect: .inspect, parameters: [.optional("tag", .any, "A tag or a job's number.")]
  ) { arguments, context in jobs(try await AtQueue(context).jobs(arguments["tag"])) }

  private static let add = Function(
    "at.at", "Queues a job.",
    details: "Returns `{jobs: […]}`.\n\nExample: `brine run web1 at.at '12:05am' '/sbin/reboot' tag=reboot`.",
    effect: .change,
    parameters: [
      .variadic("args", .string, "The time, then the command."), .optional("tag", .string, "A word to find it by."),
      .optional("runas", .string, "The user whose job it is."),
    ]
  ) { arguments, context in
    let words = arguments.strings("args")
    guard words.count > 1 else { return jobs([]) }
    if context.isTest { return jobs([]) }
    let added = try await AtQueue(context).add(
      words[0], words.dropFirst().joined(separator: " "), tag: arguments.optionalString("tag"),
      user: arguments.optionalString("runas"))
    return added.map(jobs) ?? ["jobs": [], "error": "invalid timespec"]
  }

  private static let remove = Function(
    "at.atrm", "Removes jobs.", details: "Returns `{jobs: {removed: [number], tag}}`.", effect: .change,
    parameters: [.variadic("args", .any, "Numbers; or `all`, and a tag.")]
  ) { arguments, context in
    let words = arguments.list("args")
    let queue = AtQueue(context)
    let tag = words.first == "all" && words.count > 1 ? words[1] : .null
    let numbers = Set(words.map(\.description))
    let found = try await queue.jobs(tag).filter {
      words.first == "all" || numbers.contains($0["job"]?.description ?? "")
    }
    let removed = context.isTest || words.isEmpty ? [] : try await queue.remove(found)
    return ["jobs": ["removed": .strings(removed), "tag": tag]]
  }

  private static let show = Function(
    "at.atc", "Gives the script of a job.", effect: .inspect, parameters: [.required("jobid", .int, "Its number.")]
  ) { arguments, context in
    .string(try await context.output(of: ["at", "-c", arguments.string("jobid")], package: "at"))
  }

  private static let check = Function(
    "at.jobcheck", "Finds jobs.", details: "Returns `{jobs: […]}`.", effect: .inspect,
    parameters: [.keywords("kwargs", "`runas`, `tag`, `hour`, `minute`, `day`, `month`, `year`.")]
  ) { arguments, context in
    let wishes = arguments.map("kwargs")
    if wishes.isEmpty { return ["error": "You have given a condition"] }
    let found = try await AtQueue(context).jobs(with: wishes)
    return found.isEmpty ? ["jobs": [], "note": "No match jobs or time format error"] : jobs(found)
  }

  private static func jobs(_ jobs: [ValueMap]) -> Value { ["jobs": .list(jobs.map(Value.map))] }
}
