import HostSystem

/// What is mounted, by mount point; where one hides another, the one that is seen.
struct ActiveMounts: Sendable {
  /// In the order of the kernel's list.
  let all: [ActiveMount]

  init(_ files: HostFiles) {
    let found = files.linesIfPresent("/proc/self/mountinfo").compactMap(ActiveMount.init(mountInfo:))
    all = found.isEmpty ? MountTable.mounts(files).map(ActiveMount.init) : found
  }

  subscript(_ path: String) -> ActiveMount? { all.last { $0.path == path } }

  /// The mount that a path lies on.
  func mount(holding path: String) -> ActiveMount? {
    var current = path
    while true {
      if let found = self[current] { return found }
      guard current != "/", current.hasPrefix("/") else { return nil }
      current = PathText.dirname(current)
    }
  }
}
