import Glibc
import HostSystem
import HostSystemTesting
import TestSupport
import Testing

@Suite struct ProcessLockTests {
  @Test func holdsUntilItGoes() async throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("x.lock")
    var first: ProcessLock? = try ProcessLock(path, for: "A master")
    #expect(HostFiles().status(path)?.mode == 0o600)
    let error = #expect(throws: HostError.self) { try ProcessLock(path, for: "A master") }
    #expect(error?.code == .exists)
    #expect(
      error?.message.hasPrefix("A master with this state runs already (process \(getpid())), as the lock") == true)
    _ = first
    first = nil
    // A program that another test is starting has a copy of the descriptor until it is executed.
    try await eventually("the lock is free") { try? ProcessLock(path, for: "A master") }
  }

  @Test func isNotLaidThroughALink() throws {
    let directory = try TemporaryDirectory()
    try HostFiles().write(directory.path("victim"), text: "x")
    try #require(symlink(directory.path("victim"), directory.path("x.lock")) == 0)
    #expect(throws: HostError.self) { try ProcessLock(directory.path("x.lock"), for: "A master") }
    #expect(try HostFiles().readText(directory.path("victim")) == "x")
  }
}
