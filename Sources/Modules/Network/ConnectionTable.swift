import Grains
import HostSystem

/// The TCP connections of `/proc/net/tcp` and `/proc/net/tcp6`.
struct ConnectionTable: Sendable {
  struct Connection: Sendable, Hashable {
    var localAddress: IPAddress
    var localPort: Int
    var remoteAddress: IPAddress
    var remotePort: Int
  }

  var files: HostFiles

  func established() -> [Connection] {
    ["/proc/net/tcp", "/proc/net/tcp6"].flatMap { files.linesIfPresent($0).compactMap(Self.established) }
  }

  /// Columns: slot, local, remote, state (01 is established), …
  private static func established(_ line: String) -> Connection? {
    let fields = line.fields()
    guard fields.count > 3, fields[3] == "01", let local = endpoint(fields[1]), let remote = endpoint(fields[2]) else {
      return nil
    }
    return Connection(
      localAddress: local.address, localPort: local.port, remoteAddress: remote.address, remotePort: remote.port)
  }

  private static func endpoint(_ text: String) -> (address: IPAddress, port: Int)? {
    let parts = text.split(separator: ":").map(String.init)
    guard parts.count == 2, let address = HexAddress.littleEndian(parts[0]), let port = Int(parts[1], radix: 16) else {
      return nil
    }
    return (address.unmapped, port)
  }
}
