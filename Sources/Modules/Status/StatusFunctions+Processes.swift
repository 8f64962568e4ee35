import Functions
import Glibc
import Value

extension StatusFunctions {
  static let pid = Function(
    "status.pid", "Finds processes by a regular expression.",
    details: """
      Returns their ids, one a line; an empty text when none matches. The expression is searched in \
      `USER PID PPID COMMAND`. Example: `brine run web1 status.pid 'nginx: worker'`.
      """,
    effect: .inspect,
    parameters: [.required("sig", .string, "The regular expression.")]
  ) { arguments, context in
    let search = try TextSearch(arguments.string("sig"), in: "status.pid")
    let own = Int(getpid())
    var found: [String] = []
    for process in ProcessTable(files: context.files).processes() where process.id != own {
      let line = "\(process.user) \(process.id) \(process.parent) \(process.shownCommand)"
      if try search.isFound(in: line) { found.append(String(process.id)) }
    }
    return .string(found.joined(separator: "\n"))
  }

  static let procs = Function(
    "status.procs", "Lists all processes with their users and commands.",
    details: "Returns id (as text) → `{user, cmd}`. Example: `brine run web1 status.procs`.", effect: .inspect
  ) { _, context in
    var result: ValueMap = [:]
    for process in ProcessTable(files: context.files).processes() {
      result[String(process.id)] = ["user": .string(process.user), "cmd": .string(process.shownCommand)]
    }
    return .map(result)
  }
}
