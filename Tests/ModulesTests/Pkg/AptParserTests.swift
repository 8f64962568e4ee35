import HostSystem
import Testing
import Value

@testable import Modules

@Suite struct AptParserTests {
  @Test func readsTheDatabase() {
    let lines = [
      "install ok installed\tadduser\t3.134\tall", "hold ok installed\tlibssl3\t3.0.19-1~deb12u2\tamd64",
      "install ok installed\tlibc6\t2.36-9+deb12u13\tamd64", "install ok installed\tlibc6\t2.36-9+deb12u13\ti386",
      "deinstall ok config-files\tmc\t3:4.8.29-2\tamd64", "purge ok installed\told\t1\tall",
      "install ok half-configured\tnginx\t1.22.1-9\tamd64", "install ok triggers-pending\tman-db\t2.11.2-2\tamd64",
      "unknown ok not-installed\tghost\t\t", "garbage", "",
    ]
    let state = DpkgStatusList.parse(lines, nativeArchitecture: "amd64")
    #expect(
      state.installed == [
        "adduser": ["3.134"], "libssl3": ["3.0.19-1~deb12u2"], "libc6": ["2.36-9+deb12u13"],
        "libc6:i386": ["2.36-9+deb12u13"], "man-db": ["2.11.2-2"],
      ])
    #expect(state.removed == ["mc": ["3:4.8.29-2"]])
    #expect(state.purgeDesired == ["old": ["1"]])
    #expect(state.broken == ["nginx": "half-configured"])
    #expect(state.present["old"] == ["1"])
    #expect(state.held == ["libssl3"])
  }

  @Test func readsASimulation() {
    let plan = AptSimulation(
      """
      Reading package lists...
      Inst libssl-dev [3.0.19-1~deb12u2] (3.0.22-1~deb12u2 Debian-Security:12/oldstable-security [amd64]) []
      Inst libperl5.36 [5.36.0-7+deb12u2] (5.36.0-7+deb12u4 Debian:12.15/oldstable, Debian-Security:12 [amd64]) [perl:amd64 ]
      Inst hello (2.10-3 Debian:12.15/oldstable [amd64])
      Inst libc6:i386 (2.36-9+deb12u14 Debian:12.15/oldstable [i386])
      Remv curl [7.88.1-10+deb12u14]
      Purg telnetd [0.17-44]
      Conf hello (2.10-3 Debian:12.15/oldstable [amd64])
      """.splitLines())
    #expect(plan.changes["libssl-dev"] == .init(old: "3.0.19-1~deb12u2", new: "3.0.22-1~deb12u2"))
    #expect(plan.changes["libperl5.36"] == .init(old: "5.36.0-7+deb12u2", new: "5.36.0-7+deb12u4"))
    #expect(plan.changes["hello"] == .init(old: "", new: "2.10-3"))
    #expect(plan.changes["libc6:i386"] == .init(old: "", new: "2.36-9+deb12u14"))
    #expect(plan.changes["curl"] == .init(old: "7.88.1-10+deb12u14", new: ""))
    #expect(plan.purged == ["telnetd"])
    #expect(plan.changes.count == 6)
  }

  @Test func readsAPolicy() {
    let policy = AptPolicy(
      """
      openssl:
        Installed: 3.0.19-1~deb12u2
        Candidate: 3.0.22-1~deb12u2
        Version table:
           3.0.22-1~deb12u2 500
              500 http://deb.debian.org/debian-security bookworm-security/main amd64 Packages
       *** 3.0.19-1~deb12u2 100
              100 /var/lib/dpkg/status
      mail-transport-agent:
        Installed: (none)
        Candidate: (none)
        Version table:
      """.splitLines())
    #expect(
      policy.entries == [
        "openssl": .init(
          installed: "3.0.19-1~deb12u2", candidate: "3.0.22-1~deb12u2",
          versions: ["3.0.22-1~deb12u2", "3.0.19-1~deb12u2"]),
        "mail-transport-agent": .init(),
      ])
  }

  @Test func readsAnUpdate() {
    let report = AptUpdateReport.parse(
      """
      Hit:1 http://deb.debian.org/debian bookworm InRelease
      Get:2 http://deb.debian.org/debian-security bookworm-security InRelease [48.0 kB]
      Ign:3 http://mirror.example/debian bookworm InRelease
      Err:3 http://mirror.example/debian bookworm InRelease
        Could not resolve 'mirror.example'
      Fetched 48.0 kB in 1s (60.1 kB/s)
      Reading package lists...
      """.splitLines())
    #expect(report.value["http://deb.debian.org/debian bookworm InRelease"] == .null)
    #expect(report.value["http://deb.debian.org/debian-security bookworm-security InRelease"] == true)
    #expect(report.value["http://mirror.example/debian bookworm InRelease"] == false)
    #expect(report.failed == ["http://mirror.example/debian bookworm InRelease"])
  }

  @Test(arguments: [
    ("coreutils: /bin/ls", "/bin/ls", "coreutils"), ("libssl3:amd64: /usr/lib/x.so", "/usr/lib/x.so", "libssl3"),
    ("systemd, dbus, a:amd64: /etc/init.d", "/etc/init.d", "systemd, dbus, a"),
    ("diversion by dash from: /bin/sh\ndiversion by dash to: /bin/sh.distrib\ndash: /bin/sh", "/bin/sh", "dash"),
    ("coreutils: /bin/lsx", "/bin/ls", ""),
  ]) func readsTheOwner(_ output: String, _ path: String, _ owner: String) {
    #expect(AptProvider.owner(output.splitLines(), of: path) == owner)
  }

  @Test func readsOneLineSources() {
    let sources = AptSources.parse(
      """
      # deb is short for Debian package
      deb [arch=amd64,arm64 signed-by=/k.gpg] https://u:secret@deb.example/debian bookworm main contrib # ours
      # deb-src http://deb.example/debian bookworm main
      deb
      """, file: "/etc/apt/sources.list")
    #expect(sources.count == 2)
    #expect(sources.first?.components == ["main", "contrib"])
    #expect(sources.first?.architectures == ["amd64", "arm64"])
    #expect(sources.first?.signedBy == "/k.gpg")
    #expect(sources.last?.isDisabled == true)
    #expect(sources.last?.types == ["deb-src"])
    let entry = sources.first?.entries.first
    #expect(entry?.uri == "https://u:***@deb.example/debian")
    let shown = sources.map { source in source.entries.map { "\($0.uri) \($0.value)" }.joined() }.joined()
    #expect(!shown.contains("secret"))
  }

  @Test func readsStanzas() {
    let sources = AptSources.parse(
      """
      Types: deb
      # a comment
      URIs: http://deb.debian.org/debian
      Suites: bookworm bookworm-updates
      Components: main
      Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

      Types: deb deb-src
      URIs: http://x.example/
      Suites: ./
      Enabled: no
      Signed-By:
       -----BEGIN PGP PUBLIC KEY BLOCK-----
       .
       abc
      """, file: "/etc/apt/sources.list.d/debian.sources")
    #expect(sources.count == 2)
    #expect(
      sources.first?.entries.map { $0.value["line"] } == [
        "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian bookworm main",
        "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian bookworm-updates main",
      ])
    #expect(sources.last?.isDisabled == true)
    #expect(sources.last?.signedBy == "")
    #expect(sources.last?.entries.count == 2)
  }

  /// apt tries forms of a list one after the other, and says of each that it is not there.
  @Test func aListThatIsFetchedAtLastIsFetched() {
    let lines = """
      Get:3 file:/srv/repo ./ Packages
      Err:3 file:/srv/repo ./ Packages
        Method gave a blank filename
      Get:3 file:/srv/repo ./ Packages [4930 B]
      Get:4 http://m.example s InRelease
      Err:4 http://m.example s InRelease
      """.splitLines()
    let report = AptUpdateReport.parse(lines)
    #expect(report.failed == ["http://m.example s InRelease"])
    #expect(report.value == ["file:/srv/repo ./ Packages": true, "http://m.example s InRelease": false])
  }
}
