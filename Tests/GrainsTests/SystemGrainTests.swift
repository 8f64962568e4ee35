import Grains
import HostSystem
import HostSystemTesting
import Testing
import Value

@Suite struct SystemGrainTests {
  @Test func systemdWithItsFeatures() async throws {
    let commands = ScriptedCommands([
      "systemctl --version": CommandResult("systemd 252 (252.38-1~deb12u1)\n+PAM +AUDIT default-hierarchy=unified\n")
    ])
    let grains = await SystemdCollector().collect(try FixtureHost().context(commands))
    #expect(grains["systemd"] == ["version": "252", "features": "+PAM +AUDIT default-hierarchy=unified"])
  }

  @Test func noSystemdIsNoGrain() async throws {
    #expect(await SystemdCollector().collect(try FixtureHost().context()) == [:])
    let broken = ScriptedCommands { _ in CommandResult(exit: 1, "", error: "no") }
    #expect(await SystemdCollector().collect(try FixtureHost().context(broken)) == [:])
  }

  @Test(
    arguments: [
      (["/run/systemd/system/x": ""], "systemd"), ([:], "unknown"),
      (["/proc/1/cmdline": "/usr/bin/tini\0--\0nginx\0"], "tini"), (["/proc/1/cmdline": "runit\0"], "runit"),
      (["/proc/1/cmdline": "/bin/python\0/sbin/my_init\0"], "runit"), (["/proc/1/cmdline": ""], "unknown"),
      (["/proc/1/cmdline": "nginx\0"], "unknown"),
    ] as [([String: String], String)])
  func initIsFound(_ files: [String: String], _ name: String) async throws {
    let commands = ScriptedCommands(programs: ["tini"], [:])
    let grains = await InitCollector().collect(try FixtureHost(files).context(commands))
    #expect(grains == ["init": .string(name)])
  }

  @Test func sysvinitIsToldByItsProgram() async throws {
    let host = try FixtureHost(["/proc/1/cmdline": "/sbin/init\0splash\0"])
    try host.files.makeDirectory("/sbin")
    try host.files.write("/sbin/init", text: "\u{7f}ELF … SysVinit: booting", mode: 0o755)
    #expect(await InitCollector().collect(host.context()) == ["init": "sysvinit"])
  }

  @Test func machineID() async throws {
    let host = try FixtureHost(["/etc/machine-id": "3d1219c7c4c5404aaa1f6d2a48adfda4\n"])
    let grains = await MachineCollector().collect(host.context())
    #expect(grains["machine_id"] == "3d1219c7c4c5404aaa1f6d2a48adfda4")
    #expect(grains["efi"] == false)
    #expect(grains["transactional"] == false)
  }

  @Test(arguments: [
    ("C", "en_US", "UTF-8"), ("C.UTF-8", "en_US", "UTF-8"), ("de_DE.UTF-8", "de_DE", "UTF-8"),
    ("fr_FR.utf8", "fr_FR", "UTF-8"), ("de_DE@euro", "de_DE", "ISO8859-15"), ("pt_BR", "pt_BR", "ISO8859-1"),
    ("sv_SE.ISO-8859-15", "sv_SE", "ISO8859-15"),
  ])
  func languageAndEncoding(_ locale: String, _ language: String, _ encoding: String) async throws {
    let grains = await LocaleCollector().collect(
      try FixtureHost().context(environment: ["LANG": locale, "LC_ALL": ""]))
    #expect(grains["locale_info"]?["defaultlanguage"] == .string(language))
    #expect(grains["locale_info"]?["defaultencoding"] == .string(encoding))
    #expect(grains["locale_info"]?["timezone"]?.stringValue?.isEmpty == false)
  }

  @Test func environmentOfTheMinion() async throws {
    let host = try FixtureHost(["/etc/passwd": "root:x:0:0:root:/root:/bin/bash\n"])
    let grains = await EnvironmentCollector().collect(
      host.context(environment: ["PATH": "/usr/sbin:/usr/bin", "SHELL": "/bin/bash"]))
    #expect(grains["path"] == "/usr/sbin:/usr/bin")
    #expect(grains["systempath"] == ["/usr/sbin", "/usr/bin"])
    #expect(grains["shell"] == "/bin/bash")
    #expect(grains["ps"] == "ps -efHww")
    #expect(await EnvironmentCollector().collect(host.context())["shell"] == "/bin/sh")
  }

  @Test func selinux() async throws {
    let host = try FixtureHost(["/sys/fs/selinux/enforce": "1"])
    let commands = ScriptedCommands(programs: ["selinuxenabled", "getenforce"], [:])
    #expect(
      await SELinuxCollector().collect(host.context(commands)) == [
        "selinux": ["enabled": true, "enforced": "Enforcing"]
      ])
    #expect(
      await SELinuxCollector().collect(try FixtureHost().context(commands))
        == ["selinux": ["enabled": false, "enforced": "Disabled"]])
    #expect(await SELinuxCollector().collect(host.context()) == [:])
  }
}
