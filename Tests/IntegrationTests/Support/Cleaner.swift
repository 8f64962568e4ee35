import CLinux
import Glibc

/// A small shell that waits until this process closes its pipe, or dies, and then ends whatever names the fleet's directory
/// and removes the directory: a test that crashes leaves nothing behind either.
final class Cleaner: Sendable {
  private let child: ChildProcess
  private let writeEnd: Int32

  private static let script = """
    cat >/dev/null
    for attempt in 1 2 3; do
      for file in /proc/[0-9]*/cmdline; do
        grep -qaF -- "$1" "$file" 2>/dev/null || continue
        process=${file#/proc/}
        process=${process%/cmdline}
        [ "$process" = "$$" ] || kill -KILL "$process" 2>/dev/null
      done
      rm -rf -- "$1" 2>/dev/null && exit 0
      sleep 0.2
    done
    """

  init(directory: String) throws {
    var ends: [Int32] = [-1, -1]
    guard brine_pipe(&ends) == 0 else { throw TestFailure("no pipe") }
    defer { close(ends[0]) }
    writeEnd = ends[1]
    do {
      child = try ChildProcess(
        ["/bin/sh", "-c", Self.script, "sh", directory], environment: Programs.environment(home: "/"), input: ends[0])
    } catch {
      close(ends[1])
      throw error
    }
  }

  var processID: pid_t { child.processID }

  /// Cleans up now and waits for it. To be called once.
  func finish() async {
    close(writeEnd)
    _ = await child.wait(.seconds(20))
  }
}
