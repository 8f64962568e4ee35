public import Functions
import OrderedCollections
import Value

/// States `process.*`.
public enum ProcessStates {
  public static let all: [StateFunction] = [absent]

  private static let absent = StateFunction(
    "process.absent", "Has no process with such a command line.", details: "Changes are `{killed: [ids]}`.",
    parameters: [
      .required("name", .string, "A part of the command line."), .optional("user", .string, "Only of this user."),
      .optional("signal", .any, "The signal's number; SIGTERM when not given."),
    ]
  ) { arguments, context in
    var named: ValueMap = ["pattern": arguments["name"], "user": arguments["user"]]
    do {
      if context.isTest {
        let found = try await PsFunctions.pgrep.call(named, context.functions).listValue ?? []
        return StateResult(
          nil, found.isEmpty ? "No matching processes running" : "\(found.count) processes will be killed")
      }
      if arguments.isGiven("signal") { named["signal"] = arguments["signal"] }
      named["full"] = true
      let pkill = PsFunctions.all.first { $0.signature.name == "ps.pkill" }
      let killed = try await pkill?.call(named, context.functions).mapValue
      guard let killed else { return StateResult(true, "No matching processes running") }
      return StateResult(true, "Killed \(killed["killed"]?.listValue?.count ?? 0) processes", changes: killed)
    } catch { return StateResult(failed: error) }
  }
}
