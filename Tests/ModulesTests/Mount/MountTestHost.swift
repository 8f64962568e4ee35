import Functions
import HostSystem
import HostSystemTesting
import Synchronization
import Value

@testable import Modules

/// A kernel's list of mounts that mount(8) and umount(8) change.
final class MountTestHost: Sendable {
  let host: StateTestHost
  /// What mount says instead of mounting.
  private let refusal = Mutex<String?>(nil)

  init(mounts: [String] = []) throws {
    host = try StateTestHost()
    for path in ["/proc/self", "/mnt/a", "/mnt/my disk", "/src/dir"] { try host.files.makeDirectory(path) }
    try host.files.write("/etc/fstab", text: "# head\n")
    try host.files.write(
      "/proc/self/mountinfo",
      text: (["20 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw"] + mounts).map { $0 + "\n" }.joined())
  }

  func refuse(_ text: String?) { refusal.withLock { $0 = text } }

  var commands: ScriptedCommands { ScriptedCommands { [self] in answer($0.arguments) } }

  private func answer(_ words: [String]) -> CommandResult? {
    if let text = refusal.withLock({ $0 }) { return CommandResult(exit: 32, "", error: text) }
    var lines = host.files.linesIfPresent("/proc/self/mountinfo")
    let place = OctalEscape.encode(words.last ?? "")
    switch words.first {
    case "mount":
      let options = words.firstIndex(of: "-o").map { words[$0 + 1] } ?? "rw"
      let type = words.firstIndex(of: "-t").map { words[$0 + 1] } ?? "auto"
      lines.removeAll { options.contains("remount") && $0.contains(" \(place) ") }
      let shown = options.split(separator: ",").filter { !["remount", "defaults"].contains($0) }.joined(separator: ",")
      let device = words.count >= 2 ? words[words.count - 2] : ""
      lines.append("40 20 0:40 / \(place) \(shown.isEmpty ? "rw" : shown) - \(type) \(device) rw")
    case "umount": lines.removeAll { $0.contains(" \(place) ") }
    default: return nil
    }
    try? host.files.write("/proc/self/mountinfo", text: lines.map { $0 + "\n" }.joined())
    return CommandResult()
  }
}
