import Functions
import Glibc
import HostSystem
import Value

extension PsFunctions {
  static func killPid(_ signaller: @escaping Signaller) -> Function {
    Function(
      "ps.kill_pid", "Sends a signal to a process.",
      details: """
        Returns true, or false when there is no such process. Example: `brine run web1 ps.kill_pid 2322 signal=9`.
        """,
      effect: .change,
      parameters: [
        .required("pid", .int, "The process's id."),
        .optional("signal", .int, default: 15, "The signal's number; 15 is SIGTERM, 9 is SIGKILL."),
      ]
    ) { arguments, context in
      let signal = try checkedSignal(arguments, "ps.kill_pid")
      // 0 and negative numbers would mean whole groups of processes.
      guard let id = arguments.int("pid").flatMap({ Int32(exactly: $0) }), id > 0 else {
        throw FunctionError(.badArguments, "ps.kill_pid: '\(arguments["pid"])' is not the id of a process.")
      }
      guard ProcessTable(files: context.files).process(Int(id)) != nil else { return false }
      if context.isTest { return .null }
      return .bool(try send(signal, to: id, signaller, "ps.kill_pid"))
    }
  }

  static func pkill(_ signaller: @escaping Signaller) -> Function {
    Function(
      "ps.pkill", "Sends a signal to the processes of a name.",
      details: """
        Returns `{killed: [ids]}`, or null when none matches. The minion and its worker are never among them. \
        Example: `brine run web1 ps.pkill php-fpm signal=1`.
        """,
      effect: .change,
      parameters: [
        .required("pattern", .string, "A part of the name."),
        .optional("user", .string, "Only processes of this user."),
        .optional("signal", .int, default: 15, "The signal's number; 15 is SIGTERM, 1 is SIGHUP, 9 is SIGKILL."),
        .optional("full", .bool, default: false, "Look at the whole command line."),
      ]
    ) { arguments, context in
      let signal = try checkedSignal(arguments, "ps.pkill")
      let table = ProcessTable(files: context.files)
      let spared: Set<Int> = [Int(getpid()), Int(getppid()), 1]
      let found = try matches(arguments, context).filter { !spared.contains($0.id) }
      if context.isTest {
        return found.isEmpty ? .null : ["killed": .list([]), "would_kill": .list(found.map { .integer($0.id) })]
      }
      var killed: [Value] = []
      for process in found {
        // Between the listing and now the id may have become another process's.
        guard let now = table.process(process.id), now.startTicks == process.startTicks,
          let id = Int32(exactly: process.id)
        else { continue }
        if try send(signal, to: id, signaller, "ps.pkill") { killed.append(.integer(process.id)) }
      }
      return killed.isEmpty ? .null : ["killed": .list(killed)]
    }
  }

  private static func checkedSignal(_ arguments: Arguments, _ name: String) throws(FunctionError) -> Int32 {
    guard let signal = arguments.int("signal").flatMap({ Int32(exactly: $0) }), (0...64).contains(signal) else {
      throw FunctionError(
        .badArguments, "\(name): '\(arguments["signal"])' is not a signal.", hint: "`kill -l` lists them.")
    }
    return signal
  }

  /// False when the process has ended in the meantime.
  private static func send(
    _ signal: Int32, to id: Int32, _ signaller: Signaller, _ name: String
  ) throws(FunctionError) -> Bool {
    switch signaller(id, signal) {
    case 0: return true
    case ESRCH: return false
    case let number:
      throw FunctionError(
        .failed, "\(name): process \(id) cannot be signalled: \(HostError.text(of: number))",
        hint: number == EPERM ? "Run the minion as root." : nil)
    }
  }
}
