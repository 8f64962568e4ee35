import HostSystem
import HostSystemTesting
import Testing

@testable import Master

@Suite struct MasterKeyTests {
  private let directory: TemporaryDirectory
  private let files = HostFiles()

  init() throws { directory = try TemporaryDirectory() }

  @Test func isMadeOnceAndKeptPrivate() throws {
    let made = try MasterKey.loadOrMake(directory: directory.path("etc"), files: files)
    #expect(files.status(directory.path("etc/master.key"))?.mode == 0o600)
    #expect(try files.readText(directory.path("etc/master.pub")) == "\(made.publicKey)\n")
    let loaded = try MasterKey.loadOrMake(directory: directory.path("etc"), files: files)
    #expect(loaded.publicKey == made.publicKey)
    #expect(loaded.secretKey.isEqual(to: made.secretKey))
  }

  @Test(arguments: [0, 31, 33])
  func aDamagedOneIsRefusedAndNotReplaced(_ size: Int) throws {
    let bytes = [UInt8](repeating: 7, count: size)
    try files.write(directory.path("master.key"), bytes, mode: 0o600)
    let error = #expect(throws: HostError.self) {
      try MasterKey.loadOrMake(directory: directory.path, files: files)
    }
    #expect(error?.message.contains("restore it from a backup") == true)
    #expect(try files.read(directory.path("master.key")) == bytes)
  }

  @Test func oneThatOthersCanReadIsRefused() throws {
    try files.write(directory.path("master.key"), [UInt8](repeating: 7, count: 32), mode: 0o640)
    let error = #expect(throws: HostError.self) {
      try MasterKey.loadOrMake(directory: directory.path, files: files)
    }
    #expect(error?.message.contains("chmod 600") == true)
  }
}
