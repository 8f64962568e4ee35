public import Functions

/// `status.*`: how the host is doing.
public enum StatusFunctions {
  public static let all: [Function] = [
    uptime, loadavg, meminfo, cpuinfo, cpustats, diskstats, diskusage, vmstats, netstats, netdev, nproc, version, time,
    w,
    pid, procs, master, allStatus,
  ]
}
