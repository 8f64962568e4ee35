import Testing

@testable import Modules

@Suite struct MappedFileTests {
  private static let maps = """
    55d0c0a00000-55d0c0a2d000 r--p 00000000 fd:01 1700                       /usr/sbin/nginx
    55d0c0a2d000-55d0c0b5f000 r-xp 0002d000 fd:01 1700                       /usr/sbin/nginx
    7f3a8c000000-7f3a8c021000 rw-p 00000000 00:00 0
    7f3a90e00000-7f3a90e5d000 r-xp 0001f000 fd:01 2211                       /usr/lib/x86_64-linux-gnu/libssl.so.3 (deleted)
    7f3a91000000-7f3a91001000 r-xp 0001f000 fd:01 2211                       /usr/lib/x86_64-linux-gnu/libssl.so.3 (deleted)
    7f3a91100000-7f3a91101000 rw-s 00000000 00:01 99                         /dev/zero (deleted)
    7f3a91200000-7f3a91201000 r-xp 00000000 00:05 98                         /memfd:doublemapper (deleted)
    7f3a91300000-7f3a91301000 r-xp 00000000 fd:01 97                         /tmp/jna123.tmp (deleted)
    7f3a91400000-7f3a91401000 r-xp 00000000 fd:01 96                         /opt/a b/lib x.so
    7ffd2a7fa000-7ffd2a7fc000 r-xp 00000000 00:00 0                          [vdso]
    nonsense
    7f3a-7f3b r-xp 0 zz:01 5 /x
    7f3a-7f3b r-xp 0 fd:01 99999999999999999999999 /x

    """

  @Test func filesThatCodeRunsFromAreFoundOnce() {
    let files = MappedFile.all(inMaps: Array(Self.maps.utf8))
    #expect(files.map(\.path) == ["/usr/sbin/nginx", "/usr/lib/x86_64-linux-gnu/libssl.so.3", "/opt/a b/lib x.so"])
    #expect(files.map(\.isDeleted) == [false, true, false])
    #expect(files[0].major == 0xfd && files[0].minor == 1 && files[0].inode == 1700)
  }

  @Test func whateverTheBytesAreNothingBreaks() {
    var generator = SystemRandomNumberGenerator()
    let bytes = Array(Self.maps.utf8)
    for _ in 0..<300 {
      var damaged = bytes
      for _ in 0..<8 { damaged[Int.random(in: 0..<damaged.count, using: &generator)] = UInt8.random(in: 0...255) }
      #expect(MappedFile.all(inMaps: damaged).allSatisfy { $0.path.hasPrefix("/") })
    }
  }

  @Test(
    arguments: [
      ([], "/usr/lib/libz.so.1", true), (["libssl"], "/usr/lib/libssl.so.3", true),
      (["libssl"], "/usr/lib/libssl3.so", false),
      (["libssl"], "/usr/lib/libssl-1.so", true), (["libssl"], "/usr/lib/mylibssl.so.3", false),
      (["lib*.so.3"], "/usr/lib/libssl.so.3", true), (["/opt/*"], "/opt/app/bin/app", true),
      (["/opt/*"], "/usr/opt/x", false), (["libz", "libssl"], "/lib/libssl.so.3", true),
    ] as [([String], String, Bool)])
  func filterAcceptsByName(names: [String], path: String, isAccepted: Bool) {
    #expect(LibraryFilter(names: names).accepts(path) == isAccepted)
  }
}
