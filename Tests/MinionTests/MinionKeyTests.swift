import HostSystem
import HostSystemTesting
import Testing

@testable import Minion

@Suite struct MinionKeyTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test func isMadeOnceAndKeptPrivate() throws {
    #expect(throws: HostError.self) { try MinionKey.load(directory: directory.path) }
    let made = try MinionKey.loadOrMake(directory: directory.path("etc"))
    #expect(HostFiles().status(directory.path("etc/minion.key"))?.mode == 0o600)
    #expect(try MinionKey.load(directory: directory.path("etc")).publicKey == made.publicKey)
    #expect(try MinionKey.loadOrMake(directory: directory.path("etc")).publicKey == made.publicKey)
  }

  @Test(arguments: [0, 31, 33, 65])
  func aDamagedOneIsRefusedAndNotReplaced(_ size: Int) throws {
    let bytes = [UInt8](repeating: 7, count: size)
    try HostFiles().write(directory.path("minion.key"), bytes, mode: 0o600)
    #expect(throws: HostError.self) { try MinionKey.loadOrMake(directory: directory.path) }
    #expect(try HostFiles().read(directory.path("minion.key")) == bytes)
  }

  @Test func oneThatOthersCanReadIsRefused() throws {
    try HostFiles().write(directory.path("minion.key"), [UInt8](repeating: 7, count: 32), mode: 0o644)
    let error = #expect(throws: HostError.self) { try MinionKey.load(directory: directory.path) }
    #expect(error?.message.contains("chmod 600") == true)
  }
}
