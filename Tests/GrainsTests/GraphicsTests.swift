import Grains
import HostSystem
import HostSystemTesting
import Testing
import Value

@Suite struct GraphicsTests {
  @Test func aServerWithoutGraphicsStartsNoProgram() async throws {
    let host = try FixtureHost(["/sys/bus/pci/devices/0000:00:01.0/class": "0x060400\n"])
    #expect(await GraphicsCollector().collect(host.context()) == ["num_gpus": 0, "gpus": []])
  }

  @Test func graphicsAreNamed() async throws {
    let host = try FixtureHost(["/sys/bus/pci/devices/0000:00:02.0/class": "0x030000\n"])
    let text = """
      Slot:\t00:01.0
      Class:\tISA bridge
      Vendor:\tIntel Corporation
      Device:\tx

      Slot:\t00:02.0
      Class:\tVGA compatible controller
      Vendor:\tNVIDIA Corporation
      Device:\tGK208 [GeForce GT 730]
      """
    let commands = ScriptedCommands(["lspci -vmm": CommandResult(exit: 0, text)])
    #expect(
      await GraphicsCollector().collect(host.context(commands)) == [
        "num_gpus": 1, "gpus": [["vendor": "nvidia", "model": "GK208 [GeForce GT 730]"]],
      ])
    #expect(await GraphicsCollector().collect(host.context()) == [:])
  }

  @Test func pythonIsTheHosts() async throws {
    let host = try FixtureHost()
    #expect(await PythonCollector().collect(host.context()) == ["pythonversion": [3, 0]])
    try host.link("/usr/bin/python3", to: "python3.11")
    #expect(await PythonCollector().collect(host.context()) == ["pythonversion": [3, 11]])
  }
}
