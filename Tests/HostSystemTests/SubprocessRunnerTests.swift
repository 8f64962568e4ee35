import Glibc
import HostSystem
import HostSystemTesting
import TestSupport
import Testing
import Value

/// Real programs. Nothing here waits for luck: what a program does is told by files that it writes.
@Suite struct SubprocessRunnerTests {
  private let directory: TemporaryDirectory
  private let files = HostFiles()
  private let runner = SubprocessRunner()

  init() throws {
    directory = try TemporaryDirectory()
    // As the programs do: a child that does not read its input must not end us.
    signal(SIGPIPE, SIG_IGN)
  }

  private func shell(_ script: String, _ change: (inout Command) -> Void = { _ in }) async throws -> CommandResult {
    var command = Command("sh", "-c", script)
    command.timeout = .seconds(20)
    change(&command)
    return try await runner.run(command)
  }

  /// A shell's word for a path of the test's.
  private func path(_ name: String) -> String { directory.path(name) }

  private func isRunning(_ process: Int32) -> Bool {
    guard let line = files.firstLine("/proc/\(process)/stat"), let end = line.lastIndex(of: ")") else { return false }
    return line[line.index(after: end)...].split(separator: " ").first != "Z"
  }

  private func process(_ name: String) async throws -> Int32 {
    let line = try await eventually("\(name) tells its process id") { files.firstLine(path(name)) }
    return try #require(Int32(line))
  }

  // MARK: Ends

  @Test(arguments: [0, 1, 2, 127, 255] as [Int32])
  func exitCodesAreTold(_ code: Int32) async throws {
    let result = try await shell("exit \(code)")
    #expect(result.ending == .exited(code))
    #expect(result.exitCode == code)
    #expect(result.isSuccess == (code == 0))
    #expect(result.processID > 0)
  }

  @Test(arguments: [SIGKILL, SIGTERM, SIGSEGV, SIGHUP])
  func signalsAreTold(_ signal: Int32) async throws {
    let result = try await shell("ulimit -c 0; kill -\(signal) $$")
    #expect(result.ending == .signalled(signal))
    #expect(result.exitCode == 128 + signal)
    #expect(!result.isSuccess)
  }

  @Test func whatCannotBeStartedIsAnError() async throws {
    let missing = await #expect(throws: HostError.self) { try await runner.run("no-such-program-here") }
    #expect(missing?.description == "cannot run no-such-program-here: no such program")
    #expect(missing?.code == .notFound)
    await #expect(throws: HostError.self) { try await runner.run(Command([])) }
    await #expect(throws: HostError.self) { try await runner.run("") }
    await #expect(throws: HostError.self) { try await runner.run("echo", "a\0b") }
    try files.write(path("data"), text: "no program", mode: 0o644)
    await #expect(throws: HostError.self) { try await runner.run(path("data")) }
    await #expect(throws: HostError.self) { try await shell("true") { $0.workingDirectory = path("missing") } }
  }

  // MARK: Input and output

  @Test func argumentsGoAsTheyAre() async throws {
    let words = ["a b", "$HOME", "*", "'", "\"", "", "-n", "é😀", "x\ny"]
    let result = try await runner.run(Command(["printf", "[%s]"] + words))
    #expect(result.outputText == words.map { "[\($0)]" }.joined())
  }

  @Test func standardInputIsReadWhole() async throws {
    let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let result = try await shell("cat") { $0.standardInput = .bytes(bytes) }
    #expect(result.standardOutput == bytes)
    #expect(try await shell("cat").standardOutput.isEmpty, "nothing is there to wait for")
    #expect(try await shell("cat") { $0.standardInput = .secret(Secret("hidden")) }.outputText == "hidden")
    // A program that does not read it all.
    #expect(try await shell("head -c 3") { $0.standardInput = .bytes(bytes) }.standardOutput == Array(bytes.prefix(3)))
  }

  @Test func aPipeWithinAProgramEndsQuietly() async throws {
    // We ignore SIGPIPE; programs have it as they expect it, or `yes` would complain.
    let result = try await shell("yes | head -1")
    #expect(result.outputText == "y\n")
    #expect(result.errorText == "")
  }

  @Test func outputAndErrorAreToldApart() async throws {
    let result = try await shell("echo out; echo err >&2; exit 3")
    #expect(result.outputText == "out\n")
    #expect(result.errorText == "err\n")
    let merged = try await shell("echo 1; echo 2 >&2; echo 3") { $0.isErrorMerged = true }
    #expect(merged.outputLines == ["1", "2", "3"])
    #expect(merged.standardError.isEmpty)
  }

  @Test func outputIsBounded() async throws {
    let result = try await shell("head -c 3000000 /dev/zero; echo done >&2") { $0.outputLimit = 1000 }
    #expect(result.standardOutput == [UInt8](repeating: 0, count: 1000))
    #expect(result.isTruncated)
    #expect(result.isSuccess, "the program was not held up")
    #expect(result.errorText == "done\n")
    let exact = try await shell("head -c 1000 /dev/zero") { $0.outputLimit = 1000 }
    #expect(exact.standardOutput.count == 1000)
    #expect(!exact.isTruncated)
  }

  @Test func aDaemonThatHoldsThePipeIsNotWaitedFor() async throws {
    let result = try await shell("sleep 60 & echo $! > \(path("daemon")); echo started")
    #expect(result.outputText == "started\n")
    let daemon = try await process("daemon")
    #expect(isRunning(daemon))
    kill(daemon, SIGKILL)
  }

  /// Dispatch's read sources crashed here: many programs that start and end at the same time.
  @Test func manyAtOnce() async throws {
    try await withThrowingTaskGroup(of: String.self) { group in
      for number in 0..<8 {
        group.addTask {
          var text = ""
          for round in 0..<15 { text += try await shell("echo \(number).\(round); echo x >&2").outputText }
          return text
        }
      }
      for try await text in group { #expect(text.splitLines().count == 15) }
    }
  }

  // MARK: Time-outs

  @Test func aTimeOutEndsTheWholeGroup() async throws {
    let script = "sleep 60 & echo $! > \(path("child")).new; mv \(path("child")).new \(path("child")); wait"
    let result = try await shell(script) { $0.timeout = .milliseconds(300) }
    #expect(result.ending == .timedOut)
    #expect(result.exitCode == 124)
    let child = try await process("child")
    try await eventually("the child ends") { isRunning(child) ? nil : true }
  }

  @Test func whatWasPrintedBeforeATimeOutIsKept() async throws {
    let result = try await shell("echo early; exec sleep 60") { $0.timeout = .milliseconds(300) }
    #expect(result.ending == .timedOut)
    #expect(result.outputText == "early\n")
  }

  @Test func aProgramThatIgnoresSIGTERMIsKilled() async throws {
    let result = try await shell("trap '' TERM; echo $$ > \(path("stubborn")); while :; do sleep 1; done") {
      $0.timeout = .milliseconds(200)
    }
    #expect(result.ending == .timedOut)
    #expect(!isRunning(try await process("stubborn")))
  }

  /// The leader ends when it is asked to; a child of it does not.
  @Test func aChildThatIgnoresSIGTERMIsKilledThough() async throws {
    let script = """
      (trap '' TERM; sh -c 'echo $PPID' > \(path("child")).new; mv \(path("child")).new \(path("child"))
       while :; do sleep 1; done) &
      wait
      """
    let result = try await shell(script) { $0.timeout = .milliseconds(300) }
    #expect(result.ending == .timedOut)
    let child = try await process("child")
    try await eventually("the child ends") { isRunning(child) ? nil : true }
  }

  @Test func withinItsTimeNothingHappens() async throws {
    #expect(try await shell("sleep 0.05; echo ok") { $0.timeout = .seconds(20) }.outputText == "ok\n")
  }

  // MARK: which

  @Test func programsAreFoundAsWhichFindsThem() throws {
    #expect(runner.which("sh").map { $0.hasSuffix("/sh") } == true)
    #expect(runner.which("no-such-program-here") == nil)
    #expect(runner.which("/bin/sh") == "/bin/sh")
    try files.write(path("tool"), text: "#!/bin/sh\n", mode: 0o755)
    try files.write(path("data"), text: "", mode: 0o644)
    #expect(runner.which(path("tool")) == path("tool"))
    #expect(runner.which(path("data")) == nil)
    #expect(runner.which("") == nil)
  }
}
