import Functions
import HostSystem
import HostSystemTesting
import Modules
import Testing
import Value

@Suite struct StatusFunctionsTests {
  @Test func memoryIsTextWithItsUnit() async throws {
    let host = try ProcHost(
      StatusFunctions.all,
      ["/proc/meminfo": "MemTotal:       24684096 kB\nActive(anon):       1580 kB\nHugePages_Total:       0\n\nodd\n"])
    #expect(
      try await host.call("status.meminfo") == [
        "MemTotal": ["value": "24684096", "unit": "kB"], "Active(anon)": ["value": "1580", "unit": "kB"],
        "HugePages_Total": ["value": "0"],
      ])
  }

  @Test func processorsOfTheLastBlock() async throws {
    let host = try ProcHost(
      StatusFunctions.all,
      [
        "/proc/cpuinfo":
          "processor\t: 0\nflags\t\t: fpu sse2\n\nprocessor\t: 1\nmodel name\t: Intel: fast\nflags\t\t: fpu aes\n"
      ])
    #expect(
      try await host.call("status.cpuinfo")
        == ["processor": "1", "flags": ["fpu", "aes"], "model name": "Intel: fast"])
  }

  @Test func schedulerCounters() async throws {
    let host = try ProcHost(
      StatusFunctions.all,
      [
        "/proc/stat":
          "cpu  10 20 30 40 50 60 70 80 0 0\ncpu0 5 1 1 1 1 1 1 1\nintr 300 7 8\nctxt 12345\nbtime 1795492022\n"
      ])
    #expect(
      try await host.call("status.cpustats") == [
        "cpu": [
          "idle": 40, "iowait": 50, "irq": 60, "nice": 20, "softirq": 70, "steal": 80, "system": 30, "user": 10,
        ],
        "cpu0": 5, "intr": ["total": 300, "irqs": [7, 8]], "ctxt": 12345, "btime": 1_795_492_022,
      ])
  }

  @Test func trafficOfInterfaces() async throws {
    let host = try ProcHost(
      StatusFunctions.all,
      [
        "/proc/net/dev": """
        Inter-|   Receive                                                |  Transmit
         face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
            lo:    3393      33    1    2    3     4          5         6     7000      70    8    9   10    11      12         13
          eth0:9999 1 0 0 0 0 0 0 8888 2 0 0 0 0 0 0

        """
      ])
    let result = try await host.call("status.netdev")
    #expect(
      result["lo"] == [
        "iface": "lo", "rx_bytes": 3393, "rx_compressed": 5, "rx_drop": 2, "rx_errs": 1, "rx_fifo": 3, "rx_frame": 4,
        "rx_multicast": 6, "rx_packets": 33, "tx_bytes": 7000, "tx_carrier": 12, "tx_colls": 11, "tx_compressed": 13,
        "tx_drop": 9, "tx_errs": 8, "tx_fifo": 10, "tx_packets": 70,
      ])
    #expect(result["eth0"]?["rx_bytes"] == 9999)
    #expect(result["eth0"]?["tx_bytes"] == 8888)
    #expect(result.mapValue?.count == 2)
  }

  @Test func protocolsDisksAndVirtualMemory() async throws {
    let host = try ProcHost(
      StatusFunctions.all,
      [
        "/proc/net/netstat": "TcpExt: SyncookiesSent EmbryonicRsts\nTcpExt: 3 4\nIpExt: InNoRoutes\nIpExt: 5\n",
        "/proc/diskstats": " 254       0 vda 1 2 3 4 5 6 7 8 9 10 11 0 0\n broken line\n",
        "/proc/vmstat": "nr_free_pages 5913697\npgfault 12\n",
      ])
    #expect(
      try await host.call("status.netstats")
        == ["TcpExt": ["SyncookiesSent": 3, "EmbryonicRsts": 4], "IpExt": ["InNoRoutes": 5]])
    let disks = try await host.call("status.diskstats")
    #expect(disks["vda"]?["device"] == "vda")
    #expect(disks["vda"]?["reads_issued"] == 1)
    #expect(disks["vda"]?["weighted_ms_spent_in_io"] == 11)
    #expect(disks.mapValue?.count == 1)
    #expect(try await host.call("status.vmstats") == ["nr_free_pages": 5_913_697, "pgfault": 12])
  }

  @Test func uptimeAndUsers() async throws {
    let commands = ScriptedCommands([
      "who -s": CommandResult("alice pts/0 2026-11-24 03:50\nbob pts/1 2026-11-24 03:51\n")
    ])
    let host = try ProcHost(StatusFunctions.all, ["/proc/uptime": "93784.55 170000.11\n"], commands: commands)
    let result = try await host.call("status.uptime")
    #expect(result["seconds"] == 93784)
    #expect(result["days"] == 1)
    #expect(result["time"] == "2:3")
    #expect(result["users"] == 2)
    let since = try #require(result["since_iso"]?.stringValue)
    #expect(since.contains("T") && since.count >= 19)
  }

  @Test func unreadableUptimeIsAnError() async throws {
    let host = try ProcHost(StatusFunctions.all, ["/proc/uptime": "1e999 x\n"])
    await #expect(throws: FunctionError.self) { try await host.call("status.uptime") }
  }

  @Test func loadAndProcessors() async throws {
    let host = try ProcHost(
      StatusFunctions.all,
      [
        "/proc/loadavg": "0.31 0.75 0.61 1/213 4242\n",
        "/proc/self/status": "Name:\tx\nCpus_allowed_list:\t0-3,8,10-11\n",
      ])
    #expect(try await host.call("status.loadavg") == ["1-min": 0.31, "5-min": 0.75, "15-min": 0.61])
    #expect(try await host.call("status.nproc") == 7)
  }

  @Test func loggedInUsers() async throws {
    let commands = ScriptedCommands([
      "w -fh": CommandResult("alice    pts/0     09:14    2:01   0.10s  0.02s vim notes file\n")
    ])
    let host = try ProcHost(StatusFunctions.all, commands: commands)
    #expect(
      try await host.call("status.w") == [
        [
          "idle": "2:01", "jcpu": "0.10s", "login": "09:14", "pcpu": "0.02s", "tty": "pts/0", "user": "alice",
          "what": "vim notes file",
        ]
      ])
  }

  @Test func diskUsageByTypeAndPath() async throws {
    let host = try ProcHost(
      StatusFunctions.all,
      [
        "/proc/self/mounts": "/dev/vda / ext4 rw 0 0\ntmpfs /with\\040blank tmpfs rw 0 0\n", "/with blank/x": "",
        "/data/x": "",
      ])
    let all = try #require(try await host.call("status.diskusage").mapValue)
    #expect(Set(all.keys.map(\.description)) == ["/", "/with blank"])
    #expect(all["/"]?["total"]?.intValue ?? 0 > 0)
    let some = try #require(try await host.call("status.diskusage", "/data", "tmp*").mapValue)
    #expect(Set(some.keys.map(\.description)) == ["/data", "/with blank"])
  }

  @Test func connectionToTheMaster() async throws {
    let files = [
      "/proc/net/tcp": """
      sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
       0: 0200000A:A1B2 0500000A:119E 01 00000000:00000000 00:00000000 00000000     0        0 1 1 0 20 4 30 10 -1

      """
    ]
    let host = try ProcHost(StatusFunctions.all, files)
    #expect(try await host.call("status.master", options: ["master": "tcp://10.0.0.5:4510"]) == true)
    #expect(try await host.call("status.master", "10.0.0.6") == false)
    #expect(try await host.call("status.master") == .null)
  }

  @Test func timeTakesAFormat() async throws {
    let host = try ProcHost(StatusFunctions.all)
    let text = try await host.call("status.time", "%Y")
    #expect(Int(text.description) ?? 0 >= 2024)
    await #expect(throws: FunctionError.self) { try await host.call("status.time", "%9999d") }
  }
}
