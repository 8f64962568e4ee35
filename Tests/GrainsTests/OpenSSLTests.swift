import Grains
import HostSystem
import HostSystemTesting
import Testing
import Value

@Suite struct OpenSSLTests {
  @Test func debiansNewestInstalledLibraryCounts() async throws {
    let commands = ScriptedCommands(
      programs: ["dpkg-query", "openssl"],
      [
        "dpkg-query --show": CommandResult(
          """
          libssl-dev\t3.0.17-1~deb12u2\tii\u{20}
          libssl1.1\t1.1.1w-0+deb11u1\tii\u{20}
          libssl3\t3.0.17-1~deb12u2\tii\u{20}
          libssl4\t4.0.0-1\tun\u{20}

          """)
      ])
    let grains = await OpenSSLCollector().collect(try FixtureHost().context(commands))
    #expect(
      grains == ["openssl": ["version": "3.0.17", "package": "3.0.17-1~deb12u2", "library": "libssl3"]])
  }

  @Test func redHatsLibrary() async throws {
    let commands = ScriptedCommands(
      programs: ["rpm"],
      [
        "rpm -q --qf %{NAME}\t%{VERSION}-%{RELEASE}\n openssl-libs": CommandResult("openssl-libs\t3.0.7-27.el9\n")
      ])
    let grains = await OpenSSLCollector().collect(try FixtureHost().context(commands))
    #expect(grains == ["openssl": ["version": "3.0.7", "package": "3.0.7-27.el9", "library": "openssl-libs"]])
  }

  @Test func withoutAPackageSystemTheProgramIsAsked() async throws {
    let commands = ScriptedCommands(
      programs: ["openssl"], ["openssl version": CommandResult("OpenSSL 3.3.1 4 Jun 2024 (Library: OpenSSL 3.3.1)\n")])
    #expect(
      await OpenSSLCollector().collect(try FixtureHost().context(commands)) == ["openssl": ["version": "3.3.1"]])
    #expect(await OpenSSLCollector().collect(try FixtureHost().context()) == [:])
  }
}
