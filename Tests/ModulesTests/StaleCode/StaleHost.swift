import Glibc
import HostSystem
import HostSystemTesting
import Synchronization

@testable import Modules

/// A made-up host whose units map libraries; restarting one gives it the new ones.
final class StaleHost: Sendable {
  struct Process: Sendable {
    var id: Int
    var cgroup: String
    var isDeleted = true
    var library = "/usr/lib/libssl.so.3"
    var name = "daemon"
  }

  let files: HostFiles
  private let directory: TemporaryDirectory
  private let processes: Mutex<[Process]>
  /// Units whose restart fails, and such that map the old library after it too.
  let failing: Set<String>
  let stubborn: Set<String>

  init(_ processes: [Process], failing: Set<String> = [], stubborn: Set<String> = []) throws {
    directory = try TemporaryDirectory()
    files = HostFiles(root: directory.path)
    self.processes = Mutex(processes)
    (self.failing, self.stubborn) = (failing, stubborn)
    try files.makeDirectory("/run/systemd/system")
    for process in processes { try write(process) }
  }

  private func write(_ process: Process) throws {
    let home = "/proc/\(process.id)"
    try files.makeDirectory(home)
    let mark = process.isDeleted ? " (deleted)" : ""
    try files.write("\(home)/maps", text: "7f00-7f01 r-xp 00000000 fd:01 4711   \(process.library)\(mark)\n")
    try files.write("\(home)/cgroup", text: "0::\(process.cgroup)\n")
    try files.write("\(home)/comm", text: "\(process.name)\n")
    let fields = Array(repeating: "0", count: 18).joined(separator: " ")
    try files.write("\(home)/stat", text: "\(process.id) (a) b) S \(fields) 5000 0\n")
  }

  var commands: ScriptedCommands {
    ScriptedCommands { command in self.answer(command.arguments.filter { $0 != "--no-pager" }) }
  }

  private func answer(_ words: [String]) -> CommandResult? {
    guard words.first == "systemctl", words.count > 1 else { return nil }
    switch words[1] {
    case "show" where words.contains("Type"):
      let units = words.drop { $0 != "--" }.dropFirst()
      let text = units.map { "Id=\($0)\nType=simple\nActiveState=active\nRefuseManualStop=no\n" }
      return CommandResult(exit: 0, text.joined(separator: "\n"))
    case "show": return CommandResult(exit: 0, "LoadState=loaded\nActiveState=active\nSubState=running\n")
    case "is-active": return CommandResult(exit: 0, "active\n")
    case "daemon-reexec":
      renew { $0.cgroup == "/init.scope" }
      return CommandResult(exit: 0)
    default:
      guard let unit = words.last else { return nil }
      if failing.contains(unit) { return CommandResult(exit: 1, "", error: "Job for \(unit) failed.\n") }
      if words.contains("restart"), !stubborn.contains(unit) { renew { $0.cgroup.hasSuffix("/\(unit)") } }
      return CommandResult(exit: 0)
    }
  }

  private func renew(_ isMeant: (Process) -> Bool) {
    processes.withLock { all in
      for index in all.indices where isMeant(all[index]) {
        all[index].isDeleted = false
        try? write(all[index])
      }
    }
  }
}
