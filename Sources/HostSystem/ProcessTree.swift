import Glibc

/// A process and all that descend from it, found by walking /proc.
public enum ProcessTree {
  /// Ends them all: asks first (SIGTERM), then insists. The root goes last, so that its children stay findable.
  public static func end(_ root: Int32, grace: Duration = .seconds(3)) async {
    signal(root, SIGTERM)
    let deadline = ContinuousClock.now + grace
    while ContinuousClock.now < deadline, isAlive(root) || !descendants(of: root).isEmpty {
      try? await Task.sleep(for: .milliseconds(50))
    }
    for _ in 0..<20 {
      let children = descendants(of: root)
      if children.isEmpty { break }
      for process in children { kill(process, SIGKILL) }
      try? await Task.sleep(for: .milliseconds(20))
    }
    if isAlive(root) { kill(root, SIGKILL) }
  }

  /// Ends all descendants of this process, not itself.
  public static func endDescendants(grace: Duration = .seconds(3)) async {
    for process in descendants(of: getpid()) { kill(process, SIGTERM) }
    let deadline = ContinuousClock.now + grace
    while ContinuousClock.now < deadline, !descendants(of: getpid()).isEmpty {
      try? await Task.sleep(for: .milliseconds(50))
    }
    for process in descendants(of: getpid()) { kill(process, SIGKILL) }
  }

  private static func signal(_ root: Int32, _ number: Int32) {
    for process in descendants(of: root) + [root] { kill(process, number) }
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
