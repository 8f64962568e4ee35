import Functions
import Grains
import HostSystem
import HostSystemTesting
import Testing
import Value

@testable import Modules

@Suite struct NetworkFunctionsTests {
  private static func host(
    _ contents: [String: String] = [:], commands: ScriptedCommands = ScriptedCommands(programs: [], [:])
  ) throws -> ProcHost {
    func address(
      _ text: String, _ length: Int, broadcast: String? = nil, label: String = "", isSecondary: Bool = false
    ) throws -> NetworkInterface.Address {
      .init(
        try #require(IPAddress(text)), prefixLength: length, broadcast: broadcast.flatMap { IPAddress($0) },
        label: label, isSecondary: isSecondary)
    }
    let interfaces = [
      NetworkInterface(
        name: "lo", isUp: true, hardwareAddress: "00:00:00:00:00:00",
        addresses: [try address("127.0.0.1", 8, label: "lo"), try address("::1", 128)]),
      NetworkInterface(
        name: "eth0", isUp: true, hardwareAddress: "02:fc:00:00:00:01", parent: "if7",
        addresses: [
          try address("192.0.2.2", 24, broadcast: "192.0.2.255", label: "eth0"),
          try address("192.0.2.3", 24, label: "eth0:1", isSecondary: true), try address("8.8.4.4", 30, label: "eth0"),
          try address("fd00::2", 64), try address("fe80::1", 64),
        ]),
      NetworkInterface(name: "ifb0", isUp: false),
    ]
    return try ProcHost(NetworkFunctions.functions { _ in interfaces }, contents, commands: commands)
  }

  @Test func interfacesHaveSaltsShape() async throws {
    let result = try await Self.host().call("network.interfaces")
    #expect(
      result["eth0"] == [
        "up": true, "parent": "if7", "hwaddr": "02:fc:00:00:00:01",
        "inet": [
          ["address": "192.0.2.2", "netmask": "255.255.255.0", "broadcast": "192.0.2.255", "label": "eth0"],
          ["address": "8.8.4.4", "netmask": "255.255.255.252", "broadcast": .null, "label": "eth0"],
        ],
        "secondary": [
          [
            "type": "inet", "address": "192.0.2.3", "netmask": "255.255.255.0", "broadcast": .null, "label": "eth0:1",
          ]
        ],
        "inet6": [
          ["address": "fd00::2", "prefixlen": "64", "scope": "global"],
          ["address": "fe80::1", "prefixlen": "64", "scope": "link"],
        ],
      ])
    #expect(result["ifb0"] == ["up": false])
    #expect(result["lo"]?["inet6"] == [["address": "::1", "prefixlen": "128", "scope": "host"]])
  }

  @Test func oneInterface() async throws {
    let host = try Self.host()
    #expect(try await host.call("network.hw_addr", "eth0") == "02:fc:00:00:00:01")
    #expect(try await host.call("network.hwaddr", "ifb0") == "")
    #expect(try await host.call("network.interface_ip", "eth0") == "192.0.2.2")
    #expect(try await host.call("network.interface", "lo")[0]?["address"] == "127.0.0.1")
    #expect(try await host.call("network.interface", "ifb0") == "")
    #expect(try await host.call("network.ifacestartswith", "192.0") == ["eth0"])
    await #expect(throws: FunctionError.self) { try await host.call("network.hw_addr", "eth9") }
  }

  @Test func addresses() async throws {
    let host = try Self.host()
    #expect(try await host.call("network.ip_addrs") == ["8.8.4.4", "192.0.2.2", "192.0.2.3"])
    #expect(try await host.call("network.ipaddrs", named: ["type": "public"]) == ["8.8.4.4"])
    #expect(try await host.call("network.ip_addrs", named: ["type": "private"]) == ["192.0.2.2", "192.0.2.3"])
    #expect(try await host.call("network.ip_addrs", named: ["cidr": "8.0.0.0/8"]) == ["8.8.4.4"])
    #expect(
      try await host.call("network.ip_addrs", named: ["interface": "l*", "include_loopback": true]) == ["127.0.0.1"])
    #expect(try await host.call("network.ip_addrs6") == ["fd00::2", "fe80::1"])
    #expect(try await host.call("network.subnets") == ["8.8.4.4/30", "192.0.2.0/24"])
    #expect(try await host.call("network.subnets", "lo") == [])
    #expect(try await host.call("network.subnets6") == ["fd00::/64", "fe80::/64"])
    #expect(try await host.call("network.in_subnet", "192.0.2.0/24") == true)
    #expect(try await host.call("network.in_subnet", "10.0.0.0/8") == false)
    await #expect(throws: FunctionError.self) { try await host.call("network.in_subnet", "192.0.2.7/24") }
  }

  @Test func arithmetic() async throws {
    let host = try Self.host()
    #expect(try await host.call("network.is_private", "10.0.0.3") == true)
    #expect(try await host.call("network.is_loopback", "127.3.0.1") == true)
    #expect(try await host.call("network.ip_in_subnet", "172.17.0.4", "172.16.0.0/12") == true)
    #expect(try await host.call("network.calc_net", "172.17.0.5", "255.255.255.240") == "172.17.0.0/28")
    #expect(
      try await host.call("network.convert_cidr", "172.31.0.0/16")
        == ["network": "172.31.0.0", "netmask": "255.255.0.0", "broadcast": "172.31.255.255"])
    #expect(try await host.call("network.reverse_ip", "192.0.2.1") == "1.2.0.192.in-addr.arpa")
    #expect(
      try await host.call("network.reverse_ip", "2001:db8::1")
        == "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa")
    await #expect(throws: FunctionError.self) { try await host.call("network.is_private", "host") }
  }

  @Test func routesAsNetstatShowsThem() async throws {
    let host = try Self.host([
      "/proc/net/route": """
      Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
      eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
      eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0

      """,
      "/proc/net/ipv6_route": """
      00000000000000000000000000000001 80 00000000000000000000000000000000 00 00000000000000000000000000000000 00000000 00000002 00000000 80200001       lo
      00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo

      """,
    ])
    let gateway: Value = [
      "addr_family": "inet", "destination": "0.0.0.0", "gateway": "192.0.2.1", "netmask": "0.0.0.0", "flags": "UG",
      "interface": "eth0",
    ]
    let refused: Value = [
      "addr_family": "inet6", "destination": "::/0", "gateway": "::", "netmask": "", "flags": "!n", "interface": "lo",
    ]
    let routes = try await host.call("network.routes")
    #expect(routes[0] == gateway)
    #expect(routes[1]?["netmask"] == "255.255.255.0")
    #expect(routes[2]?["destination"] == "::1/128")
    #expect(routes[2]?["flags"] == "Un")
    #expect(try await host.call("network.default_route") == [gateway, refused])
    #expect(try await host.call("network.default_route", "inet") == [gateway])
    await #expect(throws: FunctionError.self) { try await host.call("network.routes", "ipx") }
  }

  @Test func neighboursAndConnections() async throws {
    let host = try Self.host([
      "/proc/net/arp": """
      IP address       HW type     Flags       HW address            Mask     Device
      192.0.2.1        0x1         0x2         02:fc:00:00:00:05     *        eth0
      192.0.2.9        0x1         0x0         00:00:00:00:00:00     *        eth0

      """,
      "/proc/net/tcp6": """
        sl  local_address                         remote_address                        st
         0: 0000000000000000FFFF00000202000A:0016 0000000000000000FFFF00000302000A:C001 01 0
         1: 00000000000000000000000000000000:0016 00000000000000000000000000000000:0000 0A 0

      """,
    ])
    #expect(try await host.call("network.arp") == ["02:fc:00:00:00:05": "192.0.2.1"])
    #expect(
      try await host.call("network.active_tcp") == [
        0: ["local_addr": "10.0.2.2", "local_port": 22, "remote_addr": "10.0.2.3", "remote_port": 49153]
      ])
  }

  @Test func socketsFromNetstatOrSs() async throws {
    let netstat = """
      Active Internet connections (servers and established)
      Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode      PID/Program name
      tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      0          559        700/sshd
      udp        0      0 127.0.0.1:323           0.0.0.0:*                           0          601        710/chronyd

      """
    let first = try Self.host(
      commands: ScriptedCommands(programs: ["netstat"], ["netstat -tulpnea": CommandResult(netstat)]))
    let sockets = try await first.call("network.netstat")
    #expect(sockets[0]?["state"] == "LISTEN")
    #expect(sockets[0]?["program"] == "700/sshd")
    #expect(sockets[1]?["program"] == "710/chronyd")
    #expect(sockets[1]?["state"] == nil)

    let ss = """
      Netid State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process
      tcp   ESTAB  0      0      10.0.2.15:22       10.0.2.2:55000    users:(("sshd",pid=700,fd=3)) uid:0 ino:559 sk:1

      """
    let second = try Self.host(commands: ScriptedCommands(programs: ["ss"], ["ss -tulpnea": CommandResult(ss)]))
    #expect(
      try await second.call("network.netstat") == [
        [
          "proto": "tcp", "recv-q": "0", "send-q": "0", "local-address": "10.0.2.15:22",
          "remote-address": "10.0.2.2:55000", "state": "ESTABLISHED", "user": "0", "inode": "559", "program": "sshd",
        ]
      ])
  }

  @Test func pingIsAnArgv() async throws {
    let commands = ScriptedCommands(programs: ["ping"], ["ping": CommandResult(exit: 1, "100% packet loss\n")])
    let host = try Self.host(commands: commands)
    #expect(try await host.call("network.ping", "db1", named: ["return_boolean": true, "timeout": 2]) == false)
    #expect(try await host.call("network.ping", "db1") == "100% packet loss")
    #expect(commands.runs == [["ping", "-W", "2", "-c", "4", "db1"], ["ping", "-c", "4", "db1"]])
    for name in ["-f", "a;b", "", "$(x)"] {
      await #expect(throws: FunctionError.self) { try await host.call("network.ping", .string(name)) }
    }
  }
}
