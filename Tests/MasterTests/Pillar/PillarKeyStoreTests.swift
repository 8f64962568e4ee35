import HostSystem
import HostSystemTesting
import Sealing
import Testing
import Value

@testable import Master

@Suite struct PillarKeyStoreTests {
  @Test func keysStayAndNewOnesComeFirst() throws {
    let directory = try TemporaryDirectory()
    let store = try PillarKeyStore(directory: directory.path("keys"))
    let first = try #require(try store.keyring().current)
    let sealed = try SealedPillarValue.seal(Secret("x"), for: nil, to: first)
    #expect(try PillarKeyStore(directory: directory.path("keys")).keyring().current == first)
    for name in HostFiles().entriesIfPresent(directory.path("keys")) {
      #expect(HostFiles().status(directory.path("keys/\(name)"))?.mode == 0o600)
    }
    #expect(HostFiles().status(directory.path("keys"))?.mode == 0o700)
    try store.add()
    try store.add()
    let ring = try store.keyring()
    #expect(ring.keyIDs.count == 3)
    #expect(ring.keyIDs.last == first.keyID)
    #expect(ring.current != first)
    #expect(try ring.open(sealed).secret.isEqual(to: Secret("x")))
    #expect(throws: HostError.self) { try store.remove(ring.keyIDs[0]) }
    #expect(throws: HostError.self) { try store.remove("nothing") }
    try store.remove(first.keyID)
    #expect(throws: SealingError.self) { try store.keyring().open(sealed) }
  }

  @Test func aKeyThatOthersCanReadIsRefused() throws {
    let directory = try TemporaryDirectory()
    _ = try PillarKeyStore(directory: directory.path)
    let name = try #require(HostFiles().entriesIfPresent(directory.path).first)
    let bytes = try HostFiles().read(directory.path(name))
    try HostFiles().write(directory.path(name), bytes, mode: 0o644)
    #expect(throws: HostError.self) { try PillarKeyStore(directory: directory.path) }
    try HostFiles().write(directory.path(name), text: "no key", mode: 0o600)
    #expect(throws: HostError.self) { try PillarKeyStore(directory: directory.path) }
  }
}
