import ArgumentParser
import HostSystem
import OrderedCollections
import Value
import Wire
import ZeroMQ

/// What the simulated hosts are: names as long as real ones, grains as many as real ones, keys of their own.
enum SimulatedFleet {
  /// libzmq wants two descriptors a socket, and a machine has so many ports for one address.
  static let sizes = 1...25_000
  static let grainsDigest = "simulated-fleet-1"

  static func id(_ index: Int) throws -> MinionID {
    let digits = String(index + 1)
    let text = "host-\(String(repeating: "0", count: max(0, 5 - digits.count)))\(digits).sim.example"
    guard let id = MinionID(text) else { throw ValidationError("'\(text)' is no minion id") }
    return id
  }

  /// The key pairs of some of the fleet.
  static func keys(_ path: String, of indices: some Sequence<Int>) throws -> [CurveKeyPair] {
    let bytes = try HostFiles().read(path)
    return try indices.map { index in
      guard (index + 1) * 32 <= bytes.count,
        let pair = CurveKeyPair(secretKey: Secret(Array(bytes[index * 32..<(index + 1) * 32])))
      else { throw ValidationError("\(path) holds no key for minion \(index): prepare a larger fleet") }
      return pair
    }
  }

  /// About what a small server reports, so that the master's memory and its targeting have the real thing to carry.
  static func grains(_ index: Int, id: MinionID) -> ValueMap {
    let address = "10.\(index >> 16 & 255).\(index >> 8 & 255).\(index & 255)"
    let isDebian = index % 3 != 0
    return [
      "id": .string(id.text), "fqdn": .string(id.text), "host": .string(String(id.text.prefix { $0 != "." })),
      "domain": "sim.example", "nodename": .string(id.text), "os": isDebian ? "Debian" : "Rocky",
      "os_family": isDebian ? "Debian" : "RedHat", "osfinger": isDebian ? "Debian-12" : "Rocky Linux-9",
      "osrelease": isDebian ? "12" : "9.4", "osmajorrelease": .int(isDebian ? 12 : 9),
      "oscodename": isDebian ? "bookworm" : "Blue Onyx", "osarch": "amd64", "cpuarch": "x86_64",
      "kernel": "Linux", "kernelrelease": "6.1.0-25-amd64", "kernelversion": "#1 SMP PREEMPT_DYNAMIC",
      "num_cpus": .int(Int64(2 << (index % 4))), "cpu_model": "AMD EPYC 7763 64-Core Processor",
      "cpu_flags": .strings(["fpu", "sse", "sse2", "ssse3", "sse4_1", "sse4_2", "avx", "avx2", "aes", "rdrand"]),
      "mem_total": .int(Int64(2048 << (index % 5))), "swap_total": .int(2048), "virtual": "kvm", "init": "systemd",
      "systemd": ["version": "252", "features": "+PAM +AUDIT +SELINUX +APPARMOR +IMA"],
      "ipv4": .strings(["127.0.0.1", address]), "ipv6": .strings(["::1", "fe80::\(index)"]),
      "ip4_interfaces": ["lo": .strings(["127.0.0.1"]), "eth0": .strings([address])],
      "ip6_interfaces": ["lo": .strings(["::1"]), "eth0": .strings(["fe80::\(index)"])],
      "hwaddr_interfaces": ["lo": "00:00:00:00:00:00", "eth0": "52:54:00:00:00:01"], "ip4_gw": "10.0.0.1",
      "dns": ["nameservers": .strings(["10.0.0.53", "10.0.1.53"]), "search": .strings(["sim.example"])],
      "disks": .strings(["sda", "sdb"]), "ssds": .strings(["sda"]), "path": "/usr/sbin:/usr/bin:/sbin:/bin",
      "shell": "/bin/sh", "uid": .int(0), "gid": .int(0), "username": "root", "groupname": "root",
      "timezone": "UTC", "locale_info": ["defaultlanguage": "en_US", "defaultencoding": "UTF-8"],
      "machine_id": "0123456789abcdef0123456789abcdef", "manufacturer": "QEMU", "productname": "Standard PC",
      "biosversion": "1.16.2", "serialnumber": "", "pool": .string("pool-\(index % 20)"),
      "role": .string(["web", "db", "cache", "worker"][index % 4]),
      "openssl": ["version": "3.0.14", "package": "libssl3"],
      "selinux": ["enabled": false, "enforced": "Disabled"], "brineversion": .string(brineVersion),
    ]
  }
}
