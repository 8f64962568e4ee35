import Grains
import HostSystem
import HostSystemTesting
import Testing
import Value

@Suite struct NetworkGrainTests {
  static func interfaces() throws -> [NetworkInterface] {
    func address(_ text: String, _ length: Int, isSecondary: Bool = false) throws -> NetworkInterface.Address {
      .init(try #require(IPAddress(text)), prefixLength: length, isSecondary: isSecondary)
    }
    return [
      NetworkInterface(
        name: "lo", isUp: true, hardwareAddress: "00:00:00:00:00:00",
        addresses: [try address("127.0.0.1", 8), try address("::1", 128)]),
      NetworkInterface(
        name: "eth0", isUp: true, hardwareAddress: "02:fc:00:00:00:01",
        addresses: [
          try address("192.0.2.20", 24), try address("192.0.2.3", 24, isSecondary: true), try address("fd00::2", 64),
        ]),
      NetworkInterface(name: "tun0", isUp: false),
    ]
  }

  @Test func addressesAreListedByInterface() async throws {
    let grains = await InterfaceCollector().collect(try FixtureHost().context(interfaces: Self.interfaces()))
    #expect(
      grains["ip_interfaces"] == [
        "lo": ["127.0.0.1", "::1"], "eth0": ["192.0.2.20", "fd00::2", "192.0.2.3"], "tun0": [],
      ])
    #expect(grains["ip4_interfaces"] == ["lo": ["127.0.0.1"], "eth0": ["192.0.2.20", "192.0.2.3"], "tun0": []])
    #expect(grains["ip6_interfaces"] == ["lo": ["::1"], "eth0": ["fd00::2"], "tun0": []])
    #expect(grains["hwaddr_interfaces"] == ["lo": "00:00:00:00:00:00", "eth0": "02:fc:00:00:00:01"])
    #expect(grains["ipv4"] == ["127.0.0.1", "192.0.2.3", "192.0.2.20"])
    #expect(grains["ipv6"] == ["::1", "fd00::2"])
  }

  @Test func gatewaysAreTheDefaultRoutes() async throws {
    let host = try FixtureHost([
      "/proc/net/route": """
      Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
      eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
      eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0

      """,
      "/proc/net/ipv6_route": """
      fd000000000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0
      00000000000000000000000000000000 00 00000000000000000000000000000000 00 fd000000000000000000000000000001 00000400 00000001 00000000 00000003     eth0
      00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo

      """,
    ])
    let grains = await GatewayCollector().collect(host.context())
    #expect(grains == ["ip_gw": true, "ip4_gw": "192.0.2.1", "ip6_gw": "fd00::1"])
  }

  @Test func hostWithoutDefaultRoutesSaysSo() async throws {
    let host = try FixtureHost([
      "/proc/net/ipv6_route":
        "00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 "
        + "ffffffff 00000001 00000000 00200200       lo\n",
      "/proc/net/route": "Iface\tDestination\nbroken\n",
    ])
    let grains = await GatewayCollector().collect(host.context())
    #expect(grains == ["ip_gw": false, "ip4_gw": false, "ip6_gw": false])
  }

  @Test func pointToPointDefaultRouteHasNoGateway() async throws {
    let host = try FixtureHost([
      "/proc/net/route": "Iface\nppp0\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0\n"
    ])
    let grains = await GatewayCollector().collect(host.context())
    #expect(grains == ["ip_gw": true, "ip4_gw": true, "ip6_gw": false])
  }

  @Test func resolverConfigurationIsRead() async throws {
    let host = try FixtureHost([
      "/etc/resolv.conf": """
      # a comment
      nameserver 10.0.0.53
      nameserver 2001:db8::53
      nameserver 10.0.0.53
      nameserver not-an-address
      search example.com lab.example.com ; rest
      sortlist 130.155.160.0/255.255.240.0 130.155.0.0
      options ndots:2 rotate
      domain

      """
    ])
    let grains = await ResolverCollector().collect(host.context())
    #expect(
      grains["dns"] == [
        "nameservers": ["10.0.0.53", "2001:db8::53"], "ip4_nameservers": ["10.0.0.53"],
        "ip6_nameservers": ["2001:db8::53"],
        "sortlist": ["130.155.160.0/255.255.240.0", "130.155.0.0/255.255.0.0"], "domain": "",
        "search": ["example.com", "lab.example.com"], "options": ["ndots:2"],
      ])
  }

  @Test func resolvedsOwnServersComeFirst() async throws {
    let host = try FixtureHost([
      "/etc/resolv.conf": "nameserver 127.0.0.53\n", "/run/systemd/resolve/resolv.conf": "nameserver 192.0.2.53\n",
    ])
    let grains = await ResolverCollector().collect(host.context())
    #expect(grains["dns"]?["nameservers"] == ["192.0.2.53"])
  }

  @Test func fullNameIsTheResolversCanonicalName() async throws {
    let commands = ScriptedCommands([
      "getent ahosts web1": CommandResult(
        """
        192.0.2.20      STREAM web1.example.com
        192.0.2.20      DGRAM
        192.0.2.20      RAW
        fd00::2         STREAM

        """)
    ])
    let grains = await HostNameCollector().collect(try FixtureHost().context(commands))
    #expect(
      grains == [
        "localhost": "web1", "fqdn": "web1.example.com", "host": "web1", "domain": "example.com",
        "fqdn_ip4": ["192.0.2.20"], "fqdn_ip6": ["fd00::2"], "fqdns": [],
      ])
  }

  @Test func silentResolverLeavesTheHostsFile() async throws {
    let commands = ScriptedCommands { _ in CommandResult(ending: .timedOut) }
    let host = try FixtureHost(["/etc/hosts": "127.0.0.1 localhost\n127.0.1.1 web1.lab.test web1 # own\n"])
    let grains = await HostNameCollector().collect(host.context(commands))
    #expect(grains["fqdn"] == "web1.lab.test")
    #expect(grains["domain"] == "lab.test")
    #expect(grains["fqdn_ip4"] == ["127.0.1.1"])
  }

  @Test func nameThatLooksLikeAnOptionIsNotAskedFor() async throws {
    let commands = ScriptedCommands([:])
    let grains = await HostNameCollector().collect(try FixtureHost().context(commands, nodeName: "--help"))
    #expect(commands.runs.isEmpty)
    #expect(grains["fqdn"] == "--help")
  }
}
