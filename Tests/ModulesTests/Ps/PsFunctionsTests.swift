import Functions
import Glibc
import HostSystem
import HostSystemTesting
import Synchronization
import Testing
import Value

@testable import Modules

@Suite struct PsFunctionsTests {
  /// Remembers signals instead of sending them.
  private final class Signals: Sendable {
    let sent = Mutex<[[Int32]]>([])
    let answer: Int32

    init(answer: Int32 = 0) { self.answer = answer }
  }

  private static func stat(_ id: Int, _ name: String, user: Int = 10, start: Int = 500) -> String {
    "\(id) (\(name)) S 1 \(id) \(id) 0 -1 4194560 100 0 0 0 \(user) 5 3 2 20 -5 3 0 \(start) 1000000 250 "
      + "18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 1 0 0 7 0 0 0 0 0 0 0 0 0 0\n"
  }

  private static let contents: [String: String] = [
    "/etc/passwd": "root:x:0:0:root:/root:/bin/bash\nwww-data:x:33:33::/var/www:/usr/sbin/nologin\n",
    "/proc/stat":
      "cpu  100 0 50 800 50 0 0 0 0 0\ncpu0 50 0 25 400 25 0 0 0 0 0\ncpu1 50 0 25 400 25 0 0 0 0 0\nbtime 1700000000\n",
    "/proc/700001/stat": stat(700001, "nginx"),
    "/proc/700001/cmdline": "nginx: master process /usr/sbin/nginx\0",
    "/proc/700001/status": "Name:\tnginx\nUid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\nvoluntary_ctxt_switches:\t9\n",
    "/proc/700001/statm": "244 61 50 10 0 40 0\n",
    "/proc/700002/stat": stat(700002, "nginx"),
    "/proc/700002/cmdline": "nginx: worker process\0",
    "/proc/700002/status": "Name:\tnginx\nUid:\t33\t33\t33\t33\nGid:\t33\t33\t33\t33\n",
    "/proc/700003/stat": stat(700003, "a) R (b"), "/proc/700003/cmdline": "",
    "/proc/700003/status": "Uid:\t1000\t1000\t1000\t1000\n",
    "/proc/700004/stat": stat(700004, "a-very-long-nam"),
    "/proc/700004/cmdline": "/opt/bin/a-very-long-name-indeed\0--flag\0",
    "/proc/700005/stat": "garbage", "/proc/self/stat": "1 (x) R",
    "/proc/meminfo":
      "MemTotal: 1000 kB\nMemFree: 100 kB\nMemAvailable: 400 kB\nBuffers: 10 kB\nCached: 200 kB\nSReclaimable: 5 kB\n"
      + "Active: 1 kB\nInactive: 2 kB\nShmem: 3 kB\nSlab: 4 kB\nSwapTotal: 200 kB\nSwapFree: 150 kB\n",
    "/proc/vmstat": "pswpin 2\npswpout 3\n",
  ]

  private static func host(_ signals: Signals = Signals()) throws -> ProcHost {
    let functions = PsFunctions.functions { id, signal in
      signals.sent.withLock { $0.append([id, signal]) }
      return signals.answer
    }
    return try ProcHost(functions, contents)
  }

  @Test func processesAreListed() async throws {
    #expect(try await Self.host().call("ps.get_pid_list") == [700001, 700002, 700003, 700004, 700005])
  }

  @Test func processIsDescribed() async throws {
    let host = try Self.host()
    let facts = try await host.call("ps.proc_info", 700001)
    #expect(facts["name"] == "nginx")
    #expect(facts["username"] == "root")
    #expect(facts["status"] == "sleeping")
    #expect(facts["nice"] == -5)
    #expect(facts["num_threads"] == 3)
    #expect(facts["cmdline"] == ["nginx: master process /usr/sbin/nginx"])
    #expect(facts["cpu_times"] == [0.1, 0.05, 0.03, 0.02, 0.07])
    #expect(facts["create_time"] == 1_700_000_005.0)
    #expect(facts["memory_info"]?[0] == .int(61 * ProcessTable.pageSize))
    #expect(facts["environ"] == nil)
    #expect(
      try await host.call("ps.proc_info", 700003, named: ["attrs": "name,status"]) == [
        "name": "a) R (b", "status": "sleeping",
      ])
    await #expect(throws: FunctionError.self) {
      try await host.call("ps.proc_info", 700001, named: ["attrs": "environ"])
    }
    await #expect(throws: FunctionError.self) { try await host.call("ps.proc_info", 4) }
    await #expect(throws: FunctionError.self) { try await host.call("ps.proc_info", 700005) }
  }

  @Test func processesAreFoundByName() async throws {
    let host = try Self.host()
    #expect(try await host.call("ps.pgrep", "nginx") == [700001, 700002])
    #expect(try await host.call("ps.pgrep", "nginx", named: ["user": "www-data"]) == [700002])
    #expect(try await host.call("ps.pgrep", "worker", named: ["full": true]) == [700002])
    #expect(try await host.call("ps.pgrep", "name-indeed") == [700004])
    #expect(try await host.call("ps.pgrep", "^ng.*x$", named: ["pattern_is_regex": true]) == [700001, 700002])
    #expect(try await host.call("ps.pgrep", "httpd") == .null)
    await #expect(throws: FunctionError.self) {
      try await host.call("ps.pgrep", "(", named: ["pattern_is_regex": true])
    }
    await #expect(throws: FunctionError.self) { try await host.call("ps.pgrep", "") }
  }

  @Test func signalsGoToProcessesOnly() async throws {
    let signals = Signals()
    let host = try Self.host(signals)
    #expect(try await host.call("ps.kill_pid", 700002, named: ["signal": 1]) == true)
    #expect(try await host.call("ps.kill_pid", 42) == false)
    for id: Value in [0, -1, -700002, 4_294_967_298] {
      await #expect(throws: FunctionError.self) { try await host.call("ps.kill_pid", id) }
    }
    await #expect(throws: FunctionError.self) { try await host.call("ps.kill_pid", 700002, named: ["signal": 99]) }
    #expect(signals.sent.withLock { $0 } == [[700002, 1]])
  }

  @Test func killingByName() async throws {
    let signals = Signals()
    let host = try Self.host(signals)
    #expect(try await host.call("ps.pkill", "nginx", named: ["user": "www-data"]) == ["killed": [700002]])
    #expect(try await host.call("ps.pkill", "httpd") == .null)
    #expect(
      try await host.call("ps.pkill", "nginx", isTest: true)
        == ["killed": [], "would_kill": [700001, 700002]])
    #expect(signals.sent.withLock { $0 } == [[700002, 15]])
    let refused = try Self.host(Signals(answer: EPERM))
    await #expect(throws: FunctionError.self) { try await refused.call("ps.pkill", "nginx") }
    #expect(try await Self.host(Signals(answer: ESRCH)).call("ps.pkill", "nginx") == .null)
  }

  @Test func memoryAndSwap() async throws {
    let host = try Self.host()
    #expect(
      try await host.call("ps.virtual_memory") == [
        "total": 1_024_000, "available": 409_600, "percent": 60.0, "used": 614_400, "free": 102_400, "active": 1024,
        "inactive": 2048, "buffers": 10240, "cached": 209_920, "shared": 3072, "slab": 4096,
      ])
    #expect(
      try await host.call("ps.swap_memory")
        == ["total": 204_800, "used": 51200, "free": 153_600, "percent": 25.0, "sin": 8192, "sout": 12288])
    #expect(try await host.call("ps.total_physical_memory") == 1_024_000)
    #expect(try await host.call("ps.num_cpus") == 2)
    #expect(try await host.call("ps.boot_time") == 1_700_000_000)
  }

  @Test func busyTimeIsWhatWasNotIdle() {
    let before = ProcessorTimes(ticks: [100, 0, 50, 800, 50, 0, 0, 0])
    let after = ProcessorTimes(ticks: [150, 0, 75, 1000, 75, 0, 0, 0])
    #expect(after.busyPercent(since: before) == 25)
    #expect(before.busyPercent(since: after) == 0)
    #expect(ProcessorTimes(ticks: []).busyPercent(since: before) == 0)
  }

  @Test func topGivesTheBusiestWithTheirTimes() async throws {
    let host = try Self.host()
    let top = try #require(try await host.call("ps.top", 2, 0).listValue)
    #expect(top.count == 2)
    #expect(top[0]["cpu"]?["user"] == 0.1)
    await #expect(throws: FunctionError.self) { try await host.call("ps.top", 2, 3600) }
  }

  @Test func linesOfPs() async throws {
    let output = """
      USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND
      www-data     702  0.0  0.2  55000 12000 ?        S    09:00   0:01 nginx: worker process
      root         900  0.0  0.1   9000  3000 ?        S    09:00   0:00 brine-minion ps.psaux nginx

      """
    let host = try ProcHost(PsFunctions.all, commands: ScriptedCommands(["ps auxww": CommandResult(output)]))
    #expect(
      try await host.call("ps.psaux", "www-data.+nginx") == [
        "www-data.+nginx",
        ["www-data     702  0.0  0.2  55000 12000 ?        S    09:00   0:01 nginx: worker process"],
        "1 occurrence(s).",
      ])
    #expect(try await host.call("ps.psaux", "nginx")[2] == "1 occurrence(s).")
  }

  @Test func statusFunctionsSeeTheSameProcesses() async throws {
    let host = try ProcHost(StatusFunctions.all, Self.contents)
    #expect(try await host.call("status.pid", "nginx: (master|worker)") == "700001\n700002")
    let processes = try await host.call("status.procs")
    #expect(processes["700002"] == ["user": "www-data", "cmd": "nginx: worker process"])
    #expect(processes["700003"] == ["user": "1000", "cmd": "[a) R (b]"])
  }
}
