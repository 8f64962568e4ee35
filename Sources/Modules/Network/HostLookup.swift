import Grains
import HostSystem

/// The addresses behind a name, by the host's own resolver in a program that can be given up on.
enum HostLookup {
  /// Empty when the name is not known within the time. Only what can be a host's name is asked for, so
  /// that none becomes an option.
  static func addresses(
    of name: String, _ commands: any CommandRunner, timeout: Duration = .seconds(5)
  ) async -> [IPAddress] {
    if let address = IPAddress(name) { return [address] }
    guard let name = checked(name) else { return [] }
    var command = Command("getent", "ahosts", name)
    command.timeout = timeout
    guard let result = try? await commands.run(command), result.isSuccess else { return [] }
    var addresses: [IPAddress] = []
    for line in result.outputLines {
      guard let word = line.fields().first, let address = IPAddress(word), !addresses.contains(address) else {
        continue
      }
      addresses.append(address)
    }
    return addresses
  }

  /// The name when it can be a host's name or an address; nil otherwise.
  static func checked(_ name: String) -> String? {
    if IPAddress(name) != nil { return name }
    let isName = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
    return isName && !name.isEmpty && name.utf8.count <= 255 && !name.hasPrefix("-") ? name : nil
  }
}
