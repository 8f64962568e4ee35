import Glibc
import HostSystem
import HostSystemTesting
import Testing

/// What a program finds when it starts. One at a time: environment and file mode mask are the whole process's.
@Suite(.serialized) struct SubprocessSurroundingsTests {
  private let directory: TemporaryDirectory
  private let files = HostFiles()
  private let runner = SubprocessRunner()

  init() throws { directory = try TemporaryDirectory() }

  private func shell(_ script: String, _ change: (inout Command) -> Void = { _ in }) async throws -> CommandResult {
    var command = Command("sh", "-c", script)
    command.timeout = .seconds(20)
    change(&command)
    return try await runner.run(command)
  }

  private func path(_ name: String) -> String { directory.path(name) }

  @Test func theEnvironmentIsAddedToOrClean() async throws {
    setenv("BRINE_TEST_INHERITED", "from us", 1)
    defer { unsetenv("BRINE_TEST_INHERITED") }
    let inherited = try await shell("echo \"$BRINE_TEST_INHERITED-$ADDED\"") { $0.environment = ["ADDED": "a=b c"] }
    #expect(inherited.outputText == "from us-a=b c\n")
    let clean = try await runner.run(
      {
        var command = Command("env")
        command.isEnvironmentClean = true
        command.environment = ["ONLY": "this"]
        return command
      }())
    #expect(clean.outputLines.map { String($0.prefix { $0 != "=" }) }.sorted() == ["ONLY", "PATH"])
    let replaced = try await shell("echo $BRINE_TEST_INHERITED") { $0.environment = ["BRINE_TEST_INHERITED": "new"] }
    #expect(replaced.outputText == "new\n")
    // Each entry is what it is and not a byte of our memory more.
    let values = (1...64).map { String(repeating: "v", count: $0) }
    let entries = Dictionary(uniqueKeysWithValues: values.map { ("N\($0.utf8.count)", $0) })
    let listed = try await shell("env -0") { $0.environment = entries }
    let found = listed.standardOutput.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    for (name, value) in entries { #expect(found.contains("\(name)=\(value)")) }
  }

  @Test func parsedCommandsSpeakEnglish() async throws {
    #expect(try await runner.run("sh", "-c", "echo $LC_ALL $LANGUAGE").outputText == "C.UTF-8 C\n")
  }

  @Test func theWorkingDirectoryIsSet() async throws {
    #expect(try await shell("pwd -P") { $0.workingDirectory = directory.path }.outputText == directory.path + "\n")
  }

  @Test func theMaskIsTheProgramsAlone() async throws {
    let before = umask(0o022)
    umask(before)
    let result = try await shell("umask; touch \(path("made"))") { $0.umask = 0o077 }
    #expect(result.outputText.trimmed().hasSuffix("077"))
    #expect(files.status(path("made"))?.mode == 0o600)
    let after = umask(before)
    umask(before)
    #expect(after == before)
  }

  @Test func aMaskIsPutBackAlsoWhenNothingWasStarted() async throws {
    let before = umask(0o022)
    umask(before)
    await #expect(throws: HostError.self) {
      try await shell("true") {
        $0.umask = 0o077
        $0.workingDirectory = path("missing")
      }
    }
    let after = umask(before)
    umask(before)
    #expect(after == before)
  }

  @Test(.enabled(if: getuid() == 0))
  func anotherUserIsAnotherUserInAll() async throws {
    let result = try await shell("id -u; id -g; id -G") {
      $0.user = RunAs(uid: 12_345, gid: 54_321, groups: [54_321, 7])
    }
    #expect(result.outputLines == ["12345", "54321", "54321 7"])
  }

  @Test func noDescriptorOfOursIsInherited() async throws {
    let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { close(descriptor) }
    let result = try await shell("ls /proc/self/fd")
    // 0, 1, 2 and the directory that ls reads.
    #expect(result.outputLines.count == 4, "\(result.outputLines)")
  }

  @Test func whatCannotBeStartedLeavesNoDescriptorOpen() async throws {
    let before = try files.entries("/proc/self/fd").count
    for _ in 0..<200 {
      await #expect(throws: HostError.self) {
        try await shell("true") {
          $0.workingDirectory = path("missing")
          $0.standardInput = .bytes([1])
        }
      }
    }
    // Others use some meanwhile.
    let after = try files.entries("/proc/self/fd").count
    #expect(after < before + 100)
  }
}
