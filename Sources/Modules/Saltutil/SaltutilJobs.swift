import Functions
import HostSystem
import OrderedCollections
import Value

/// The jobs that run on this host, from the minion's journal. Arguments of jobs are not told: they may be another
/// operator's secrets.
enum SaltutilJobs {
  static let all: [Function] = [running, findJob, isRunning]

  private static let running = Function(
    "saltutil.running", "The jobs that run on this host, this one left out.",
    details: "Returns `[{jid, fun, user, pid}]`.", effect: .inspect
  ) { _, context in .list(jobs(context).map(Value.map)) }

  private static let findJob = Function(
    "saltutil.find_job", "One running job; an empty map when it does not run here.",
    details: "Returns `{jid, fun, user, pid}`.", effect: .inspect, parameters: [.required("jid", .string, "Its id.")]
  ) { arguments, context in
    .map(jobs(context).first { $0["jid"] == .string(arguments.string("jid")) } ?? [:])
  }

  private static let isRunning = Function(
    "saltutil.is_running", "The running jobs of a function.", effect: .inspect,
    parameters: [.required("fun", .string, "The function's name; a glob.")]
  ) { arguments, context in
    let glob = arguments.string("fun")
    return .list(jobs(context).filter { NameGlob.matches(glob, $0["fun"]?.description ?? "") }.map(Value.map))
  }

  private static func jobs(_ context: FunctionContext) -> [ValueMap] {
    guard let state = context.options["state_dir"]?.stringValue else { return [] }
    let directory = "\(state)/jobs"
    let names = Set(context.files.entriesIfPresent(directory))
    var found: [ValueMap] = []
    for name in names.sorted() where name.hasSuffix(".worker") {
      let id = String(name.dropLast(7))
      guard id != context.jobID, !names.contains("\(id).result"),
        let order = read("\(directory)/\(id).job", context), let worker = read("\(directory)/\(name)", context)
      else { continue }
      found.append([
        "jid": .string(id), "fun": order["fun"] ?? "", "user": order["user"] ?? "", "pid": worker["pid"] ?? .null,
      ])
    }
    return found
  }

  private static func read(_ path: String, _ context: FunctionContext) -> ValueMap? {
    guard let bytes = try? context.files.read(path) else { return nil }
    return try? MessagePackReader.decode(bytes).mapValue
  }
}
