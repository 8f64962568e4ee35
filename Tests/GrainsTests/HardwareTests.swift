import Grains
import HostSystem
import HostSystemTesting
import Testing
import Value

@Suite struct HardwareTests {
  @Test func processorsOfAPersonalComputer() async throws {
    let host = try FixtureHost([
      "/proc/cpuinfo": """
      processor\t: 0
      vendor_id\t: AuthenticAMD
      cpu family\t: 25
      model name\t: AMD EPYC 7763 64-Core Processor
      flags\t\t: fpu vme sse2 aes

      processor\t: 1
      vendor_id\t: AuthenticAMD
      model name\t: AMD EPYC 7763 64-Core Processor
      flags\t\t: fpu vme sse2 aes

      """
    ])
    let grains = await ProcessorCollector().collect(host.context())
    #expect(grains["num_cpus"] == 2)
    #expect(grains["cpu_model"] == "AMD EPYC 7763 64-Core Processor")
    #expect(grains["cpu_flags"] == ["fpu", "vme", "sse2", "aes"])
  }

  @Test func processorsOfAnArmBoard() async throws {
    let host = try FixtureHost([
      "/proc/cpuinfo": """
      Processor       : ARMv6-compatible processor rev 7 (v6l)
      BogoMIPS        : 697.95
      Features        : swp half thumb fastmult vfp edsp java tls
      Hardware        : BCM2708

      """
    ])
    let grains = await ProcessorCollector().collect(host.context())
    #expect(grains["num_cpus"] == 1)
    #expect(grains["cpu_model"] == "ARMv6")
    #expect(grains["cpu_flags"]?[0] == "swp")
  }

  @Test func noProcessorFileIsUnknown() async throws {
    let grains = await ProcessorCollector().collect(try FixtureHost().context())
    #expect(grains == ["num_cpus": 0, "cpu_model": "Unknown", "cpu_flags": []])
  }

  @Test func memoryIsInMebibytesRoundedDown() async throws {
    let host = try FixtureHost([
      "/proc/meminfo": "MemTotal:       24684096 kB\nMemFree: 1 kB\nSwapTotal:        999423 kB\nMemTotal\n"
    ])
    let grains = await MemoryCollector().collect(host.context())
    #expect(grains == ["mem_total": 24105, "swap_total": 975])
  }

  @Test func firmwareIsReadAndTheIdInLowerCase() async throws {
    let host = try FixtureHost([
      "/sys/class/dmi/id/sys_vendor": "Dell Inc.\n",
      "/sys/class/dmi/id/product_name": "PowerEdge R640\n",
      "/sys/class/dmi/id/product_uuid": "4C4C4544-0051-3310-8047-B7C04F4C4E32\n",
      "/sys/class/dmi/id/bios_date": "04/10/2023\n",
    ])
    let grains = await FirmwareCollector().collect(host.context())
    #expect(grains["manufacturer"] == "Dell Inc.")
    #expect(grains["productname"] == "PowerEdge R640")
    #expect(grains["uuid"] == "4c4c4544-0051-3310-8047-b7c04f4c4e32")
    #expect(grains["biosreleasedate"] == "04/10/2023")
    #expect(grains["serialnumber"] == nil)
  }

  @Test func deviceTreeNamesTheBoard() async throws {
    let host = try FixtureHost([
      "/proc/device-tree/model": "raspberrypi,Raspberry Pi 4 Model B\0",
      "/proc/device-tree/serial-number": "10000000abcdef01\0",
    ])
    let grains = await FirmwareCollector().collect(host.context())
    #expect(grains["manufacturer"] == "raspberrypi")
    #expect(grains["productname"] == "Raspberry Pi 4 Model B")
    #expect(grains["serialnumber"] == "10000000abcdef01")
  }

  @Test func disksAreSortedByWhetherTheyTurn() async throws {
    let host = try FixtureHost([
      "/sys/devices/pci0/sda/queue/rotational": "1\n", "/sys/devices/pci0/nvme0n1/queue/rotational": "0\n",
      "/sys/devices/virtual/block/loop0/queue/rotational": "1\n",
    ])
    try host.link("/sys/block/sda", to: "../devices/pci0/sda")
    try host.link("/sys/block/nvme0n1", to: "../devices/pci0/nvme0n1")
    try host.link("/sys/block/loop0", to: "../devices/virtual/block/loop0")
    let grains = await DiskCollector().collect(host.context())
    #expect(grains == ["disks": ["sda"], "ssds": ["nvme0n1"]])
  }

  @Test func kernelAndItsParameters() async throws {
    let host = try FixtureHost([
      "/proc/cmdline": "BOOT_IMAGE=/vmlinuz root=UUID=ab-cd ro quiet module.opt=\"a b\" x=\n"
    ])
    let grains = await KernelCollector().collect(host.context())
    #expect(grains["kernel"] == "Linux")
    #expect(grains["kernelrelease"] == "6.1.0-21-amd64")
    #expect(grains["cpuarch"] == "x86_64")
    // Two equals signs give no value, as in Salt.
    #expect(
      grains["kernelparams"] == [
        ["BOOT_IMAGE", "/vmlinuz"], ["root", .null], ["ro", .null], ["quiet", .null], ["module.opt", "a b"], ["x", ""],
      ])
  }
}
