import CLinux

/// Files with the memory of a process that died of a fault.
public enum CoreDumps {
  /// There are to be none of this process: its memory has keys and pillar in it. Programs that it starts may leave some.
  public static func forbid() { brine_forbid_core_dumps() }
}
