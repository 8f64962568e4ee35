import CLinux

/// This process's share of the host's memory.
public enum ResidentMemory {
  /// Gives back what was only needed to start or to work, for a daemon that will now wait. It costs some page faults
  /// when work comes, which read from the page cache.
  public static func releaseIdle() { brine_release_idle_memory() }
}
