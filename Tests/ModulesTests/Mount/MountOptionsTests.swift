import Functions
import OrderedCollections
import Testing
import Value

@testable import Modules

@Suite struct MountOptionsTests {
  private func missing(_ wanted: String, _ type: String, _ info: String, _ named: ValueMap = [:]) throws -> [String] {
    let mount = try #require(ActiveMount(mountInfo: info))
    let call = CallArguments(
      [], named: named.merging(["name": "/x", "device": "x", "fstype": .string(type)]) { own, _ in own })
    let arguments = try Arguments(binding: call, to: MountStates.mounted.signature)
    return MountOptions(arguments, type: type).missing(MountFunctions.options(.string(wanted)), in: mount)
  }

  private static let memory = "36 25 0:31 / /x rw,noexec,relatime shared:5 - tmpfs tmpfs rw,size=10240k,mode=755,uid=7"
  private static let disk = "36 25 8:1 / /x rw,noatime - ext4 /dev/sda1 rw,errors=remount-ro"

  @Test(
    arguments: [
      ("defaults", "tmpfs", memory, []), ("size=10m,mode=0755,noexec", "tmpfs", memory, []),
      ("size=10485760", "tmpfs", memory, []), ("size=20m", "tmpfs", memory, ["size=20480k"]),
      ("size=50%", "tmpfs", memory, []), ("mode=1777,uid=0,gid=0", "tmpfs", memory, []),
      ("mode=700", "tmpfs", memory, ["mode=700"]), ("exec", "tmpfs", memory, ["exec"]),
      ("suid,dev", "tmpfs", memory, []),
      ("nosuid,nodev", "tmpfs", memory, ["nodev", "nosuid"]), ("ro", "tmpfs", memory, ["ro"]),
      ("noauto,x-systemd.automount,_netdev,nofail", "tmpfs", memory, []), ("noatime,acl", "ext4", disk, []),
      ("errors=remount-ro", "ext4", disk, []), ("relatime", "ext4", disk, ["relatime"]),
      ("tcp", "nfs", disk, ["proto=tcp"]), ("credentials=/root/c,port=1", "cifs", disk, []),
      ("size=9m", "ramfs", disk, []),
    ] as [(String, String, String, [String])])
  func optionsAreComparedAsTheKernelShowsThem(
    _ wanted: String, _ type: String, _ info: String, _ missing: [String]
  ) throws {
    #expect(try self.missing(wanted, type, info) == missing)
  }

  @Test func moreCanBeHidden() throws {
    #expect(try missing("odd", "ext4", Self.disk, ["hidden_opts": "odd"]).isEmpty)
    #expect(try missing("odd=1", "ext4", Self.disk, ["extra_mount_invisible_keys": ["odd"]]).isEmpty)
    #expect(try missing("odd=1", "ext4", Self.disk, ["extra_mount_ignore_fs_keys": ["ext4": ["odd"]]]).isEmpty)
    #expect(try missing("quick", "ext4", Self.disk, ["extra_mount_translate_options": ["quick": "noatime"]]).isEmpty)
  }

  @Test(arguments: ["", "1 2 3", "36 25 8:1 / /x rw - ", "36 25 81 / /x rw - ext4 x rw"])
  func brokenLinesAreNoMounts(_ line: String) { #expect(ActiveMount(mountInfo: line) == nil) }
}
