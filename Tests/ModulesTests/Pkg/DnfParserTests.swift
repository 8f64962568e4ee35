import HostSystem
import Testing
import Value

@testable import Modules

@Suite struct DnfParserTests {
  @Test func readsTheDatabase() {
    let lines = [
      "openssl\t1\t3.0.7\t27.el9\tx86_64", "bash\t(none)\t5.1.8\t9.el9\tx86_64", "glibc\t0\t2.34\t100.el9\ti686",
      "kernel-core\t(none)\t5.14.0\t427.el9\tx86_64", "kernel-core\t(none)\t5.14.0\t70.el9\tx86_64",
      "tzdata\t(none)\t2024a\t1.el9\tnoarch", "gpg-pubkey\t(none)\t8483c65d\t5ccc5b19\t(none)", "garbage",
    ]
    #expect(
      RPMPackageList.parse(lines, nativeArchitecture: "x86_64") == [
        "openssl": ["1:3.0.7-27.el9"], "bash": ["5.1.8-9.el9"], "glibc.i686": ["2.34-100.el9"],
        "kernel-core": ["5.14.0-70.el9", "5.14.0-427.el9"], "tzdata": ["2024a-1.el9"],
      ])
  }

  @Test func readsCheckUpdate() {
    let rows = DnfTable.listing(
      """

      NetworkManager.x86_64              1:1.46.0-4.el9_4                baseos
      a-very-long-package-name-that-wraps.noarch
                                         2.0-1.el9                       appstream
      openssl-libs.x86_64                1:3.0.7-27.el9                  baseos
      Obsoleting Packages
      dracut.x86_64                      057-53.git20240104.el9          baseos
          dracut-old.x86_64              056-1.el9                       @baseos
      """.splitLines())
    #expect(rows.map(\.name) == ["NetworkManager", "a-very-long-package-name-that-wraps", "openssl-libs"])
    #expect(rows.map(\.version) == ["1:1.46.0-4.el9_4", "2.0-1.el9", "1:3.0.7-27.el9"])
  }

  static let plan = """
    Last metadata expiration check: 0:12:34 ago on Mon 01 Apr 2024 10:00:00 AM UTC.
    Dependencies resolved.
    ================================================================================
     Package              Arch       Version                  Repository       Size
    ================================================================================
    Installing:
     nginx                x86_64     1:1.20.1-14.el9          appstream        36 k
    Upgrading:
     openssl              x86_64     1:3.0.7-27.el9           baseos          1.2 M
     a-very-long-package-name-that-wraps
                          noarch     2.0-1.el9                baseos           10 k
    Removing dependent packages:
     mod_old              x86_64     0:1.0-1.el9              @appstream       20 k
         replacing  other.x86_64 1.0-1

    Transaction Summary
    ================================================================================
    Install  1 Package
    Upgrade  2 Packages
    Remove   1 Package

    Total download size: 1.3 M
    Operation aborted.

    """

  @Test func readsATransaction() {
    let rows = DnfTable.transaction(Self.plan.splitLines())
    #expect(rows.map(\.name) == ["nginx", "openssl", "a-very-long-package-name-that-wraps", "mod_old"])
    #expect(rows.map(\.section) == ["Installing", "Upgrading", "Upgrading", "Removing dependent packages"])
    #expect(rows.map(\.version) == ["1:1.20.1-14.el9", "1:3.0.7-27.el9", "2.0-1.el9", "1.0-1.el9"])
  }

  @Test func readsMicrodnf() {
    let rows = DnfTable.transaction(
      """
      Package                                     Repository       Size
      Upgrading:
       openssl-libs-1:3.0.7-27.el9.x86_64         baseos         2.2 MB
         replacing openssl-libs-1:3.0.7-24.el9.x86_64
      Transaction Summary:
      """.splitLines())
    #expect(
      rows == [.init(section: "Upgrading", name: "openssl-libs", architecture: "x86_64", version: "1:3.0.7-27.el9")])
  }

  @Test func readsVersionLocks() {
    let dnf4 = ["# Added lock on Mon", "openssl-libs-1:3.0.7-24.el9.*", "!bad-0:1.0-1.*"]
    #expect(VersionLockList.parse(dnf4, isFull: false) == ["openssl-libs"])
    #expect(VersionLockList.parse(dnf4, isFull: true) == ["openssl-libs-1:3.0.7-24.el9"])
    #expect(VersionLockList.parse(["1:openssl-1.0.2k-26.el7_9.*"], isFull: true) == ["openssl-1:1.0.2k-26.el7_9"])
    let dnf5 = ["# Added by 'versionlock add'", "Package name: bash", "evr = 5.2.26-3.fc40"]
    #expect(VersionLockList.parse(dnf5, isFull: false) == ["bash"])
  }

  @Test func readsRepositoryFiles() {
    let repositories = YumRepositoryFile.parse(
      """
      stray = 1
      [baseos]
      name=BaseOS $releasever
      baseurl=https://a.example/x?y=z
      \thttps://b.example/
      enabled=1
      # comment
      [empty]
      """)
    #expect(repositories.map(\.id) == ["baseos", "empty"])
    #expect(repositories.first?.fields["baseurl"] == "https://a.example/x?y=z\nhttps://b.example/")
    #expect(repositories.first?.fields["enabled"] == "1")
  }

  @Test(arguments: [
    ("No match for argument: nosuch\nError: Unable to find a match: nosuch", ["nosuch"]),
    ("No package nosuch available.\nError: Nothing to do", ["nosuch"]),
    ("error: No package matches 'nosuch'", ["nosuch"]),
    ("No match for argument: a\nNo match for argument: b\nNo match for argument: a", ["a", "b"]),
  ]) func namesUnknownPackages(_ text: String, _ names: [String]) {
    #expect(DnfFailure.unknownPackages(text.splitLines()) == names)
  }
}
