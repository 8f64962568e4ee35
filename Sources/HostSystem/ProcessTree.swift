import Glibc

/// A process and all that descend from it, found by walking /proc.
public enum ProcessTree {
  /// Ends them all: stops the root, so that it starts nothing more and its children stay findable, asks the children
  /// (SIGTERM), then insists; the root goes last.
  public static func end(_ root: Int32, grace: Duration = .seconds(3)) async {
    kill(root, SIGSTOP)
    let known = await endAll(grace: grace) { descendants(of: root) }
    kill(root, SIGKILL)
    // Orphans that were put under another parent in the meantime are still known by their ids.
    for process in known where isAlive(process) { kill(process, SIGKILL) }
  }

  /// Ends all descendants of this process, not itself.
  public static func endDescendants(grace: Duration = .seconds(3)) async {
    _ = await endAll(grace: grace) { descendants(of: getpid()) }
  }

  /// - Returns: all that were seen.
  private static func endAll(grace: Duration, _ processes: () -> [Int32]) async -> Set<Int32> {
    var known = Set(processes())
    for process in known { kill(process, SIGTERM) }
    let deadline = ContinuousClock.now + grace
    while ContinuousClock.now < deadline, !processes().isEmpty { try? await Task.sleep(for: .milliseconds(50)) }
    for _ in 0..<20 {
      let left = processes()
      if left.isEmpty { break }
      known.formUnion(left)
      for process in left { kill(process, SIGKILL) }
      try? await Task.sleep(for: .milliseconds(20))
    }
    return known
  }

  /// Whether a process group has a member that is no zombie.
  static func isRunning(group: Int32) -> Bool {
    guard kill(-group, 0) == 0 else { return false }
    return HostFiles().entriesIfPresent("/proc").contains { name in
      guard name.utf8.first.map({ (0x30...0x39).contains($0) }) == true,
        let line = HostFiles().firstLine("/proc/\(name)/stat"),
        let end = line.lastIndex(of: ")")
      else { return false }
      let fields = line[line.index(after: end)...].split(separator: " ")
      return fields.count > 2 && fields[0] != "Z" && fields[0] != "X" && Int32(fields[2]) == group
    }
  }

  private static func isAlive(_ process: Int32) -> Bool {
    guard let line = HostFiles().firstLine("/proc/\(process)/stat"), let end = line.lastIndex(of: ")") else {
      return false
    }
    let state = line[line.index(after: end)...].split(separator: " ").first
    return state != "Z" && state != "X"
  }

  /// Zombies are left out: there is nothing to end.
  static func descendants(of root: Int32) -> [Int32] {
    var children: [Int32: [Int32]] = [:]
    for name in HostFiles().entriesIfPresent("/proc") {
      guard let process = Int32(name), let line = HostFiles().firstLine("/proc/\(name)/stat"),
        let end = line.lastIndex(of: ")")
      else { continue }
      let fields = line[line.index(after: end)...].split(separator: " ")
      guard fields.count > 1, fields[0] != "Z", let parent = Int32(fields[1]) else { continue }
      children[parent, default: []].append(process)
    }
    var found: [Int32] = []
    var open = [root]
    while let next = open.popLast() {
      let below = children[next] ?? []
      found += below
      open += below
    }
    return found
  }
}
