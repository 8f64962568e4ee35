import Functions
import HostSystem
import HostSystemTesting
import Modules
import Testing
import Value

@Suite struct DiskFunctionsTests {
  private static let space = """
    Filesystem     1024-blocks     Used Available Capacity Mounted on
    udev              12334524        0  12334524       0% /dev
    /dev/vda         264212084 15889088  83176524      17% /
    //nas/my share     1000000   250000    750000      25% /mnt/my share
    proc                     -        -         -        - /proc

    """

  @Test func usageByMountPoint() async throws {
    let host = try ProcHost(DiskFunctions.all, commands: ScriptedCommands(["df -P": CommandResult(Self.space)]))
    let result = try await host.call("disk.usage")
    #expect(
      result["/"] == [
        "filesystem": "/dev/vda", "1K-blocks": "264212084", "used": "15889088", "available": "83176524",
        "capacity": "17%",
      ])
    #expect(result["/mnt/my share"]?["filesystem"] == "//nas/my share")
    #expect(result["/proc"]?["used"] == "-")
    #expect(result.mapValue?.count == 4)
  }

  @Test func inodes() async throws {
    let text = "Filesystem Inodes IUsed IFree IUse% Mounted on\n/dev/vda 16777216 420418 16356798 3% /\n"
    let host = try ProcHost(DiskFunctions.all, commands: ScriptedCommands(["df -iP": CommandResult(text)]))
    #expect(
      try await host.call("disk.inodeusage") == [
        "/": ["inodes": "16777216", "used": "420418", "free": "16356798", "use": "3%", "filesystem": "/dev/vda"]
      ])
  }

  @Test func percentOfAllOrOne() async throws {
    let host = try ProcHost(DiskFunctions.all, commands: ScriptedCommands(["df -P": CommandResult(Self.space)]))
    #expect(try await host.call("disk.percent", "/") == "17%")
    #expect(try await host.call("disk.percent")["/dev"] == "0%")
    await #expect(throws: FunctionError.self) { try await host.call("disk.percent", "/nowhere") }
  }

  @Test func flagsAreOnlyThoseOfDf() async throws {
    let commands = ScriptedCommands([
      "df -P -h": CommandResult("Filesystem Size Used Avail Use% Mounted on\n/dev/vda 252G 16G 80G 17% /\n")
    ])
    let host = try ProcHost(DiskFunctions.all, commands: commands)
    #expect(try await host.call("disk.usage", "h")["/"]?["1K-blocks"] == "252G")
    for flags in ["h;reboot", "-output", "z"] {
      await #expect(throws: FunctionError.self) { try await host.call("disk.usage", .string(flags)) }
    }
    #expect(commands.runs == [["df", "-P", "-h"]])
  }

  @Test func dfThatFailsForOneMountStillCounts() async throws {
    let partial = CommandResult(exit: 1, Self.space, error: "df: /mnt/dead: Stale file handle\n")
    let host = try ProcHost(DiskFunctions.all, commands: ScriptedCommands(["df -P": partial]))
    #expect(try await host.call("disk.percent", "/") == "17%")
    let broken = try ProcHost(
      DiskFunctions.all, commands: ScriptedCommands { _ in CommandResult(exit: 1, "", error: "no df") })
    await #expect(throws: FunctionError.self) { try await broken.call("disk.usage") }
  }

  @Test func blockDevices() async throws {
    let output = """
      /dev/sda1: LABEL="my \\"root\\" disk" UUID="6a38ee5-7235" BLOCK_SIZE="4096" TYPE="ext4" PARTUUID="ab-01"
      /dev/mapper/vg:0: UUID="x" TYPE="LVM2_member"

      """
    let host = try ProcHost(DiskFunctions.all, commands: ScriptedCommands(["blkid": CommandResult(output)]))
    let result = try await host.call("disk.blkid")
    #expect(
      result["/dev/sda1"] == [
        "LABEL": "my \"root\" disk", "UUID": "6a38ee5-7235", "BLOCK_SIZE": "4096", "TYPE": "ext4", "PARTUUID": "ab-01",
      ])
    #expect(result["/dev/mapper/vg:0"]?["TYPE"] == "LVM2_member")
    #expect(try await host.call("disk.blkid", named: ["token": "TYPE=ext4"]).mapValue?.count == 2)
    #expect(host.commands.runs.last == ["blkid", "-t", "TYPE=ext4"])
    await #expect(throws: FunctionError.self) { try await host.call("disk.blkid", "-g") }
  }

  @Test func noBlockDevicesIsEmpty() async throws {
    let host = try ProcHost(DiskFunctions.all, commands: ScriptedCommands(["blkid": CommandResult(exit: 2)]))
    #expect(try await host.call("disk.blkid") == [:])
  }
}
