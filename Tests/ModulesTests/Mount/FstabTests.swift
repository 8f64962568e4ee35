import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value

@testable import Modules

@Suite struct FstabTests {
  private static let text = """
    # kept as it is
    UUID=1 / ext4 errors=remount-ro 0 1

    //srv/a\\040b /mnt/my\\040disk cifs ro,uid=1
    broken line
    tmpfs\t/run/x\ttmpfs\tdefaults 0 0

    """
  private let host: DirectoryTestHost

  init() throws { host = try DirectoryTestHost(["/etc/fstab": Self.text]) }

  private func call(_ name: String, _ words: [Value], _ named: ValueMap = [:], isTest: Bool = false) async throws
    -> Value
  {
    let registry = FunctionRegistry(MountFunctions.all)
    let context = FunctionContext(
      commands: ScriptedCommands([:]), files: host.files, isTest: isTest, registry: registry)
    return try await registry.call("mount.\(name)", CallArguments(words, named: named), context)
  }

  @Test func blanksAreReadAsBlanks() async throws {
    let table = try await call("fstab", [])
    #expect(
      table["/mnt/my disk"]
        == ["device": "//srv/a b", "fstype": "cifs", "opts": ["ro", "uid=1"], "dump": "0", "pass": "0"])
    #expect(table.mapValue?.count == 3)
  }

  @Test(
    arguments: [
      (["/mnt/my disk", "//srv/a b", "cifs"], ["opts": "uid=1,ro"], "present"),
      (["/mnt/my disk", "//srv/a\\040b", "cifs"], ["opts": ["ro", "uid=1"]], "present"),
      (["/mnt/my\\040disk", "//srv/a\\ b", "cifs"], ["opts": "ro,uid=1"], "present"),
      (["/mnt/my disk", "//srv/a b", "cifs"], ["opts": "rw"], "change"),
      (["/mnt/other", "//srv/a b", "cifs"], [:], "change"),
      (["/mnt/other", "//srv/a b", "cifs"], ["match_on": "name"], "new"),
      (["/mnt/other", "//srv/a b", "cifs"], ["not_change": true], "present"),
      (["/run/x", "none", "tmpfs"], [:], "change"), (["/run/y", "tmpfs", "tmpfs"], [:], "new"),
      (["/", "UUID=1", "ext4"], ["opts": "errors=remount-ro", "pass_num": 1], "present"),
      (["/", "UUID=1", "ext4"], ["match_on": ["name", "device"], "opts": "ro"], "change"),
    ] as [([Value], ValueMap, Value)])
  func entriesAreFound(_ words: [Value], _ named: ValueMap, _ outcome: Value) async throws {
    #expect(try await call("set_fstab", words, named, isTest: true) == outcome)
    #expect(try host.text("/etc/fstab") == Self.text)
    #expect(try await call("set_fstab", words, named) == outcome)
    #expect(try await call("set_fstab", words, named) == "present")
    #expect((try host.text("/etc/fstab") == Self.text) == (outcome == "present"))
  }

  @Test func blanksAreWrittenAsFstabWantsThem() async throws {
    #expect(try await call("set_fstab", ["/srv/a\tb", "#odd\\x", "ext4"], ["opts": "username=D\\u"]) == "new")
    #expect(try host.text("/etc/fstab").splitLines().last == "\\043odd\\134x\t\t/srv/a\\011b\text4\tusername=D\\u\t0 0")
    #expect(try await call("fstab", [])["/srv/a\tb"]?["device"] == "#odd\\x")
  }

  @Test(
    arguments: [
      (["/mnt/a\nb", "x", "ext4"], [:]), (["/mnt/a", "x", "ex t4"], [:]), (["", "x", "ext4"], [:]),
      (["/mnt/a", "x", "ext4"], ["pass_num": "1 2"]), (["/mnt/a", "x", "ext4"], ["match_on": "nothing"]),
      (["/mnt/a", "x", "ext4"], ["config": "etc/fstab"]), (["/mnt/a", "x", "ext4"], ["config": "/none"]),
      (["/mnt/a", "x", "ext4"], ["opts": ["a\nb"]]),
    ] as [([Value], ValueMap)])
  func badEntriesAreRefused(_ words: [Value], _ named: ValueMap) async throws {
    await #expect(throws: FunctionError.self) { try await call("set_fstab", words, named) }
    #expect(try host.text("/etc/fstab") == Self.text)
  }

  @Test func entriesAreRemoved() async throws {
    #expect(try await call("rm_fstab", ["/mnt/my disk", "/dev/other"]) == true)
    #expect(try host.text("/etc/fstab") == Self.text)
    #expect(try await call("rm_fstab", ["/mnt/my disk", .null]) == true)
    #expect(try host.text("/etc/fstab").splitLines().count == 5)
  }

  @Test func octalEscapes() {
    for text in ["a b", "\\", "#x", "a\\040", "\t\n", "ü x"] {
      #expect(OctalEscape.decode(OctalEscape.encode(text)) == text)
    }
    #expect(OctalEscape.decode("a\\04") == "a\\04")
    #expect(OctalEscape.decode("\\089") == "\\089")
  }
}
