import Glibc
import HostSystem

/// Finds processes through /proc by what stands on their command line: the path of a fleet's own directory is unique.
enum RunningProcesses {
  static func mentioning(_ words: String...) -> [pid_t] {
    HostFiles().entriesIfPresent("/proc").compactMap { pid_t($0) }.filter { process in
      guard process != getpid(), let bytes = try? HostFiles().read("/proc/\(process)/cmdline", limit: 1 << 20) else {
        return false
      }
      let line = String(decoding: bytes, as: UTF8.self)
      return words.allSatisfy { line.contains($0) }
    }
  }

  /// Those, and all that descend from them, without one of them.
  static func trees(mentioning word: String, except spared: pid_t? = nil) -> [pid_t] {
    var children: [pid_t: [pid_t]] = [:]
    for name in HostFiles().entriesIfPresent("/proc") {
      guard let process = pid_t(name), let parent = fields(process)?.dropFirst().first.flatMap({ pid_t($0) }) else {
        continue
      }
      children[parent, default: []].append(process)
    }
    var found: [pid_t] = []
    var open = mentioning(word).filter { $0 != spared }
    while let next = open.popLast() {
      guard !found.contains(next), next != spared, next != getpid() else { continue }
      found.append(next)
      open += children[next] ?? []
    }
    return found
  }

  /// Whether it runs; a zombie does not.
  static func isAlive(_ process: pid_t) -> Bool {
    guard let state = fields(process)?.first else { return false }
    return state != "Z" && state != "X"
  }

  /// What follows the name in `/proc/PID/stat`: state, parent, ….
  private static func fields(_ process: pid_t) -> [Substring]? {
    guard let line = HostFiles().firstLine("/proc/\(process)/stat"), let end = line.lastIndex(of: ")") else {
      return nil
    }
    return line[line.index(after: end)...].split(separator: " ")
  }
}
