public import Functions
import Glibc

/// `ps.*`: processes, memory and processors.
public enum PsFunctions {
  public static let all: [Function] = functions()

  /// Sends a signal to a process; 0, or an error number.
  typealias Signaller = @Sendable (_ process: Int32, _ signal: Int32) -> Int32

  /// - Parameter signaller: for tests, which must not signal what their made-up process ids happen to be.
  static func functions(signaller: @escaping Signaller = { kill($0, $1) == 0 ? 0 : errno }) -> [Function] {
    [
      getPidList, procInfo, pgrep, psaux, top, cpuPercent, cpuTimes, virtualMemory, swapMemory, totalPhysicalMemory,
      numCpus, bootTime, diskPartitions, diskUsage, diskPartitionUsage, killPid(signaller), pkill(signaller),
    ]
  }
}
