import Functions
import Glibc
import HostSystem
import HostSystemTesting
import Modules
import Testing
import Value

@Suite struct TCPProbeTests {
  /// A listening socket on a port of the loopback's that the kernel picked.
  private struct Listener: ~Copyable {
    let descriptor: Int32
    let port: UInt16

    init() throws {
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
      var size = socklen_t(MemoryLayout<sockaddr_in>.size)
      let number = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(descriptor, $0, size) == 0 && listen(descriptor, 4) == 0 && getsockname(descriptor, $0, &size) == 0
            ? 0 : errno
        }
      }
      self.descriptor = descriptor
      port = UInt16(bigEndian: address.sin_port)
      if number != 0 { throw HostError(errno: number, "listen on", "the loopback") }
    }

    deinit { close(descriptor) }
  }

  @Test func openPortIsReachedAndClosedOneIsNot() async throws {
    let host = try ProcHost(NetworkFunctions.all)
    let port: UInt16
    do {
      let listener = try Listener()
      port = listener.port
      #expect(
        try await host.call("network.connect", "127.0.0.1", .integer(port)) == [
          "result": true, "comment": .string("Successfully connected to 127.0.0.1 (127.0.0.1) on tcp port \(port)"),
        ])
      _ = consume listener
    }
    let closed = try await host.call("network.connect", "127.0.0.1", .integer(port), named: ["timeout": 2])
    #expect(closed["result"] == false)
    #expect(closed["comment"]?.stringValue?.hasPrefix("Unable to connect to 127.0.0.1") == true)
  }

  @Test func unknownNameIsSaidSo() async throws {
    let commands = ScriptedCommands { _ in CommandResult(exit: 2) }
    let host = try ProcHost(NetworkFunctions.all, commands: commands)
    #expect(
      try await host.call("network.connect", "nowhere.test", 80)
        == ["result": false, "comment": "Unable to resolve host nowhere.test on tcp port 80"])
    for port: Value in [0, 65536, -1] {
      await #expect(throws: FunctionError.self) { try await host.call("network.connect", "127.0.0.1", port) }
    }
  }
}
