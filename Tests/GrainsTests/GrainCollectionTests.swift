import Grains
import HostSystem
import HostSystemTesting
import Testing
import Value

@Suite struct GrainCollectionTests {
  private struct Fixed: GrainCollector {
    var grains: ValueMap
    var delay: Duration = .zero

    func collect(_ context: GrainContext) async -> ValueMap {
      try? await Task.sleep(for: delay)
      return grains
    }
  }

  @Test func orderIsTheCollectorsWhicheverIsReadyFirst() async throws {
    let collection = GrainCollection(collectors: [
      Fixed(grains: ["a": 1, "b": 1], delay: .milliseconds(30)), Fixed(grains: ["b": 2, "c": 2]),
    ])
    let grains = await collection.collect(try FixtureHost().context())
    #expect(grains == ["a": 1, "b": 2, "c": 2])
    #expect(grains.keys.map(\.description) == ["a", "b", "c"])
  }

  @Test func emptyHostStillHasTheGrainsToTargetOn() async throws {
    let grains = await GrainCollection.collect(try FixtureHost().context())
    for name in [
      "id", "os", "os_family", "osrelease", "kernel", "cpuarch", "num_cpus", "mem_total", "host", "fqdn", "ipv4",
      "virtual", "init", "shell", "path", "pid", "locale_info", "disks", "brineversion",
    ] {
      #expect(grains[name] != nil, "\(name)")
    }
  }

  /// Every file that a collector reads, full of bytes that make no sense.
  @Test(arguments: [
    "\u{0}", "\u{ff}\u{fe}:::===", String(repeating: "(\n)=:\t \"", count: 200), "a b c d e f g h i j\n",
  ])
  func hostileFilesStopNothing(_ garbage: String) async throws {
    let paths = [
      "/etc/os-release", "/etc/lsb-release", "/etc/debian_version", "/etc/redhat-release", "/etc/hosts", "/etc/passwd",
      "/etc/resolv.conf", "/etc/machine-id", "/proc/cmdline", "/proc/cpuinfo", "/proc/meminfo", "/proc/1/cmdline",
      "/proc/1/cgroup", "/proc/1/environ", "/proc/self/status", "/proc/net/route", "/proc/net/ipv6_route",
      "/sys/class/dmi/id/product_uuid", "/sys/block/sda/queue/rotational", "/sys/fs/selinux/enforce",
    ]
    let host = try FixtureHost(Dictionary(uniqueKeysWithValues: paths.map { ($0, garbage) }))
    let commands = ScriptedCommands { _ in CommandResult(garbage) }
    let grains = await GrainCollection.collect(host.context(commands))
    #expect(grains["id"] == "web1.example.com")
    #expect(grains["os"]?.stringValue != nil)
  }

  @Test func thisMachineHasInterfacesAndAKernel() async throws {
    let context = GrainContext(
      files: HostFiles(), commands: ScriptedCommands(programs: [], [:]), minionID: "here", version: "0")
    #expect(context.kernel.name == "Linux")
    for interface in context.interfaces { #expect(!interface.name.isEmpty) }
  }
}
