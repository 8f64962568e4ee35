import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value

@testable import Modules

/// Comments and changes are Salt 3008's.
@Suite struct MountStatesTests {
  private func call(
    _ test: MountTestHost, _ function: String, _ named: ValueMap, isTest: Bool = false, isWatch: Bool = false,
    _ commands: ScriptedCommands? = nil
  ) async throws -> StateResult {
    try await test.host.call(
      MountStates.all, "mount.\(function)", named, isTest: isTest, isWatch: isWatch, commands ?? test.commands)
  }

  private let disk: ValueMap = ["name": "/mnt/my disk", "device": "/dev/sdb1", "fstype": "ext4", "opts": "noatime"]

  @Test func aFileSystemIsMountedAndKept() async throws {
    let test = try MountTestHost()
    let commands = test.commands
    #expect(try await call(test, "mounted", disk, isTest: true) == StateResult(nil, "/mnt/my disk would be mounted"))
    #expect(
      try await call(test, "mounted", disk, commands)
        == StateResult(
          true, "Target was successfully mounted. Added new entry to the fstab.",
          changes: ["mount": true, "persist": "new"]))
    #expect(commands.runs == [["mount", "-o", "noatime", "-t", "ext4", "--", "/dev/sdb1", "/mnt/my disk"]])
    #expect(
      test.host.files.linesIfPresent("/etc/fstab")
        == ["# head", "/dev/sdb1\t\t/mnt/my\\040disk\text4\tnoatime\t0 0"])
    let there = StateResult(true, "Target was already mounted. Entry already exists in the fstab.")
    #expect(try await call(test, "mounted", disk, commands) == there)
    #expect(commands.runs.count == 1)
    #expect(try await call(test, "mounted", disk, isTest: true) == there)
  }

  @Test func otherOptionsMountAgain() async throws {
    let test = try MountTestHost()
    _ = try await call(test, "mounted", disk)
    var more = disk
    more["opts"] = "noatime,nodev"
    #expect(
      try await call(test, "mounted", more, isTest: true)
        == StateResult(nil, "Remount would be forced because options (nodev) changed"))
    let commands = test.commands
    #expect(
      try await call(test, "mounted", more, commands)
        == StateResult(
          true, "Target was already mounted. Updated the entry in the fstab.",
          changes: ["umount": "Forced remount because options (nodev) changed", "persist": "update"]))
    #expect(
      commands.runs == [["mount", "-o", "noatime,nodev,remount", "-t", "ext4", "--", "/dev/sdb1", "/mnt/my disk"]])
    #expect(try await call(test, "mounted", more).changes.isEmpty)
    // One that is gone from the state is known from the last run.
    #expect(
      try await call(test, "mounted", disk).changes["umount"] == "Forced remount because options (nodev) changed")
    #expect(try await call(test, "mounted", disk).changes.isEmpty)
  }

  @Test func anotherDeviceIsUnmountedFirst() async throws {
    let test = try MountTestHost(mounts: ["30 20 0:30 / /mnt/a rw,relatime - tmpfs old rw"])
    let named: ValueMap = ["name": "/mnt/a/", "device": "new", "fstype": "tmpfs"]
    #expect(
      try await call(test, "mounted", named, isTest: true)
        == StateResult(
          nil,
          "An umount would have been forced because devices do not match.  Watched: new. "
            + "/mnt/a is mounted, but needs to be written to the fstab in order to be made persistent."))
    #expect(
      try await call(test, "mounted", named.merging(["device_name_regex": ["ol."]]) { $1 }, isTest: true).comment
        .hasPrefix("An umount will not be forced because device matched device_name_regex: old."))
    let commands = test.commands
    #expect(
      try await call(test, "mounted", named, commands).changes
        == [
          "umount": "Forced unmount because devices don't match. Wanted: new, current: old", "mount": true,
          "persist": "new",
        ])
    #expect(commands.runs.map { $0[0] } == ["umount", "mount"])
  }

  @Test func aBindMountIsKnownByItsDirectory() async throws {
    let named: ValueMap = ["name": "/mnt/a", "device": "/src/dir", "fstype": "none", "opts": "bind", "persist": false]
    for (root, isSame) in [("/src/dir", true), ("/src/other", false)] {
      let test = try MountTestHost(mounts: ["30 20 8:1 \(root) /mnt/a rw,relatime - ext4 /dev/sda1 rw"])
      let result = try await call(test, "mounted", named, isTest: true)
      #expect((result.comment == "Target was already mounted") == isSame)
    }
  }

  @Test(
    arguments: [
      (["device": ""], "Must provide device to mount.mounted"),
      (["fstype": ""], "Must provide fstype to mount.mounted"),
      (["name": ""], "Must provide name to mount.mounted"), (["name": "/mnt/none"], "Mount directory is not present"),
      (["device": "LABEL=none"], "Unable to find device with label none."),
      (
        ["opts": "password=x"],
        "The option 'password' would show a password on mount's command line.\n"
          + "Put it into a file with mode 0600 and give credentials=FILE."
      ),
      (
        ["device": "-o"],
        "'device' may not be empty, begin with a dash or have several lines: '-o'."
      ),
    ] as [(ValueMap, String)])
  func badArgumentsAreRefused(_ named: ValueMap, _ comment: String) async throws {
    let test = try MountTestHost()
    let commands = ScriptedCommands(["blkid": CommandResult(exit: 2)])
    let result = try await call(test, "mounted", disk.merging(named) { $1 }, commands)
    #expect(result == StateResult(false, comment))
    #expect(!commands.runs.contains { $0[0] == "mount" })
    #expect(test.host.files.linesIfPresent("/etc/fstab") == ["# head"])
  }

  @Test func whatMountSaysIsTheComment() async throws {
    let test = try MountTestHost()
    test.refuse("mount: /mnt/a: special device /dev/x does not exist.\n")
    let named: ValueMap = ["name": "/mnt/b", "device": "/dev/x", "fstype": "ext4", "mkmnt": true]
    #expect(
      try await call(test, "mounted", named)
        == StateResult(false, "mount: /mnt/a: special device /dev/x does not exist."))
    #expect(test.host.files.isDirectory("/mnt/b"))
  }

  @Test func onlyTheTableWithMountFalse() async throws {
    let test = try MountTestHost()
    let named: ValueMap = ["name": "/mnt/c", "device": "tmpfs", "fstype": "tmpfs", "mount": false]
    #expect(
      try await call(test, "mounted", named, isTest: true)
        == StateResult(
          nil,
          "/mnt/c does not exist and would neither be created nor mounted. /mnt/c needs to be written to the fstab in "
            + "order to be made persistent."))
    #expect(
      try await call(test, "mounted", named)
        == StateResult(
          true, "/mnt/c not present and not mounted. Added new entry to the fstab.", changes: ["persist": "new"]))
  }

  @Test func unmounted() async throws {
    let test = try MountTestHost(mounts: ["30 20 0:30 / /mnt/my\\040disk rw - tmpfs tmpfs rw"])
    try test.host.files.write("/etc/fstab", text: "tmpfs /mnt/my\\040disk tmpfs defaults 0 0\n")
    let named: ValueMap = ["name": "/mnt/my disk", "persist": true]
    #expect(
      try await call(test, "unmounted", named, isTest: true)
        == StateResult(nil, "Mount point /mnt/my disk is mounted but should not be"))
    #expect(
      try await call(test, "unmounted", named)
        == StateResult(
          true, "Target was successfully unmounted. Removed target from fstab",
          changes: ["umount": true, "persist": "purged"]))
    #expect(
      try await call(test, "unmounted", named)
        == StateResult(true, "Target was already unmounted. fstab entry not found"))
  }

  @Test func fstabPresentAndAbsent() async throws {
    let test = try MountTestHost()
    let named: ValueMap = [
      "name": "/dev/x", "fs_file": "/f/", "fs_vfstype": "ext4", "fs_mntops": ["noatime", "nodev"], "fs_passno": 2,
    ]
    #expect(
      try await call(test, "fstab_present", named, isTest: true)
        == StateResult(nil, "/f entry will be written in /etc/fstab.\nWill mount /dev/x on /f"))
    let commands = test.commands
    #expect(
      try await call(test, "fstab_present", named, commands)
        == StateResult(
          true, "/f entry added in /etc/fstab.\nMounted /dev/x on /f", changes: ["persist": "new"]))
    #expect(commands.runs == [["mount", "--", "/f"]])
    #expect(test.host.files.linesIfPresent("/etc/fstab").last == "/dev/x\t\t/f\text4\tnoatime,nodev\t0 2")
    #expect(
      try await call(test, "fstab_present", named) == StateResult(true, "/f entry was already in /etc/fstab."))
    let blocks = ScriptedCommands(["blkid": CommandResult(exit: 0, "/dev/x: UUID=\"77\" TYPE=\"ext4\"\n")])
    let byID = named.merging(["mount_by": "uuid", "match_on": "name"]) { $1 }
    #expect(
      try await call(test, "fstab_present", byID, blocks)
        == StateResult(true, "/f entry updated in /etc/fstab.", changes: ["persist": "change"]))
    let gone: ValueMap = ["name": "UUID=77", "fs_file": "/f"]
    #expect(
      try await call(test, "fstab_absent", gone, isTest: true)
        == StateResult(nil, "/f entry will be removed from /etc/fstab."))
    #expect(
      try await call(test, "fstab_absent", gone)
        == StateResult(true, "/f entry removed from /etc/fstab.", changes: ["persist": "removed"]))
    #expect(
      try await call(test, "fstab_absent", gone)
        == StateResult(true, "/f entry is already missing in /etc/fstab."))
  }

  @Test func swap() async throws {
    let test = try MountTestHost()
    let files = test.host.files
    let head = "Filename\t\tType\t\tSize\t\tUsed\t\tPriority\n"
    try files.write("/proc/swaps", text: head)
    let commands = ScriptedCommands { command in
      guard command.arguments == ["swapon", "--", "/swap"] else { return nil }
      try? files.write("/proc/swaps", text: head + "/swap file 1020 0 -2\n")
      return CommandResult()
    }
    let named: ValueMap = ["name": "/swap"]
    #expect(
      try await call(test, "swap", named, isTest: true)
        == StateResult(nil, "Swap /swap is set to be added to the fstab and to be activated"))
    #expect(
      try await call(test, "swap", named, commands)
        == StateResult(
          true, "Swap /swap activated. Added new entry to the fstab.",
          changes: ["type": "file", "size": "1020", "used": "0", "priority": "-2", "persist": "new"]))
    #expect(try await call(test, "swap", named) == StateResult(true, "Swap /swap already active"))
    #expect(try await call(test, "swap", named, isTest: true) == StateResult(true, "Swap /swap already active"))
  }

  @Test func aWatchedChangeMountsAgain() async throws {
    let test = try MountTestHost()
    _ = try await call(test, "mounted", disk)
    let commands = test.commands
    #expect(
      try await call(test, "mounted", disk, isWatch: true, commands) == StateResult(true, "/mnt/my disk remounted"))
    #expect(commands.runs == [["mount", "-o", "noatime,remount", "-t", "ext4", "--", "/dev/sdb1", "/mnt/my disk"]])
  }
}
