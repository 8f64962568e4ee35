import Grains
import HostSystem
import HostSystemTesting
import Testing
import Value

@Suite struct OperatingSystemTests {
  @Test(arguments: OperatingSystemCase.all)
  func namesAndReleasesAreSalts(_ osCase: OperatingSystemCase) async throws {
    let host = try FixtureHost(osCase.files)
    let grains = await OperatingSystemCollector().collect(host.context())
    for (name, expected) in osCase.grains {
      #expect(grains[name] == expected, "\(name)")
    }
    let known = Set(osCase.grains.keys.map(\.description)).union(["osarch"])
    #expect(Set(grains.keys.map(\.description)).subtracting(known).isEmpty)
  }

  @Test func architectureIsThePackageSystems() async throws {
    let debian = try FixtureHost(["/etc/os-release": "NAME=\"Debian GNU/Linux\"\nID=debian\nVERSION_ID=\"12\"\n"])
    let dpkg = ScriptedCommands(["dpkg --print-architecture": CommandResult("armhf\n")])
    #expect(await OperatingSystemCollector().collect(debian.context(dpkg))["osarch"] == "armhf")
    #expect(await OperatingSystemCollector().collect(debian.context(machine: "aarch64"))["osarch"] == "arm64")

    let rocky = try FixtureHost(["/etc/os-release": "NAME=\"Rocky Linux\"\nID=rocky\nVERSION_ID=\"9.3\"\n"])
    let rpm = ScriptedCommands(["rpm --eval %{_host_cpu}": CommandResult("x86_64\n")])
    #expect(await OperatingSystemCollector().collect(rocky.context(rpm))["osarch"] == "x86_64")
  }

  @Test func hostWithoutOSReleaseHasWhatItsReleaseFileSays() async throws {
    let host = try FixtureHost(["/etc/redhat-release": "CentOS release 6.10 (Final)\n"])
    let grains = await OperatingSystemCollector().collect(host.context())
    #expect(grains["os"] == "CentOS")
    #expect(grains["os_family"] == "RedHat")
    #expect(grains["osrelease"] == "6.10")
    #expect(grains["oscodename"] == "Final")
    #expect(grains["osmajorrelease"] == 6)
  }

  @Test(arguments: ["", "\u{0}\u{1}\u{2}", "NAME=\"", "=x\nNAME\n", "NAME='a\\", "VERSION=\")(\"\nVERSION_ID=..\n"])
  func brokenFilesAreNoReasonToFail(_ text: String) async throws {
    let host = try FixtureHost(["/etc/os-release": text, "/etc/lsb-release": text])
    let grains = await OperatingSystemCollector().collect(host.context())
    #expect(grains["os"]?.stringValue != nil)
    #expect(grains["os_family"]?.stringValue != nil)
  }
}
