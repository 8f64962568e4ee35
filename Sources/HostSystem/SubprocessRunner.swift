import Glibc
import Subprocess
import Synchronization
import SystemPackage
import Value

/// Runs real programs (swift-subprocess), each in a session of its own, so that a time-out ends all that it started.
public struct SubprocessRunner: CommandRunner {
  /// Searched after the minion's own `PATH`: daemons often run with a short one.
  static let systemPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
  /// Between asking a timed-out program to end and ending it.
  private static let grace = Duration.seconds(3)

  public init() {}

  public func which(_ program: String) -> String? {
    if program.contains("/") { return access(program, X_OK) == 0 ? program : nil }
    let directories = Self.searchPath.split(separator: ":").map(String.init)
    return directories.lazy.map { "\($0)/\(program)" }.first { access($0, X_OK) == 0 && HostFiles().isFile($0) }
  }

  public func run(_ command: Command) async throws -> CommandResult {
    guard let name = command.arguments.first, !name.isEmpty else {
      throw HostError(.invalid, "cannot run an empty command")
    }
    guard !command.arguments.contains(where: { $0.utf8.contains(0) }) else {
      throw HostError(.invalid, "cannot run \(name): an argument has a NUL byte")
    }
    guard let path = which(name) else { throw HostError(.notFound, "cannot run \(name): no such program") }
    let output = try OutputCollector(limit: command.outputLimit)
    let error = command.isErrorMerged ? nil : try OutputCollector(limit: command.outputLimit)
    let descriptors = (
      FileDescriptor(rawValue: output.writeEnd),
      FileDescriptor(rawValue: error?.writeEnd ?? fcntl(output.writeEnd, F_DUPFD_CLOEXEC, 0))
    )
    let outcome: Outcome
    do {
      outcome = try await withTimeout(command.timeout) { process in
        try await spawn(command, path: path, output: descriptors.0, errorOutput: descriptors.1, process)
      }
    } catch let failure {
      _ = await (output.finish(), error?.finish())
      throw HostError(.other, "cannot run \(path): \(failure)")
    }
    let standardOutput = await output.finish()
    let standardError = await error?.finish()
    return CommandResult(
      ending: outcome.ending, standardOutput: standardOutput.bytes, standardError: standardError?.bytes ?? [],
      isTruncated: standardOutput.isTruncated || standardError?.isTruncated == true, processID: outcome.processID)
  }

  private struct Outcome {
    var ending: CommandResult.Ending
    var processID: Int32
  }

  /// The process id while the program runs, and whether its time was up.
  private final class RunningProcess: Sendable {
    private let state = Mutex<(processID: pid_t?, isTimedOut: Bool)>((nil, false))
    func started(_ processID: pid_t) { state.withLock { $0.processID = processID } }
    func ended() { state.withLock { $0.processID = nil } }
    var isTimedOut: Bool { state.withLock { $0.isTimedOut } }

    /// Signals the program's whole process group, if it still runs.
    func endGroup(_ signal: Int32) {
      state.withLock { state in
        guard let processID = state.processID else { return }
        state.isTimedOut = true
        kill(-processID, signal)
      }
    }
  }

  private func withTimeout(_ timeout: Duration?, _ body: sending (RunningProcess) async throws -> Outcome) async throws
    -> Outcome
  {
    let process = RunningProcess()
    let watchdog = timeout.map { timeout in
      Task {
        try await Task.sleep(for: timeout)
        process.endGroup(SIGTERM)
        try await Task.sleep(for: Self.grace)
        process.endGroup(SIGKILL)
      }
    }
    defer { watchdog?.cancel() }
    return try await body(process)
  }

  /// The program itself, or setpriv(1) that becomes it under another identity. swift-subprocess's own way calls glibc's
  /// `setgroups` and `setuid` in the copy of a process with threads, where they wait for threads that the copy lacks.
  private func argumentVector(_ command: Command, path: String) throws(HostError) -> [String] {
    let further = command.arguments.dropFirst()
    guard let user = command.user else { return [path] + further }
    guard let setpriv = which("setpriv") else {
      throw HostError(.notFound, "cannot run \(path) as uid \(user.uid): setpriv (util-linux) is missing")
    }
    let groups =
      user.groups.isEmpty ? "--clear-groups" : "--groups=\(user.groups.map(String.init).joined(separator: ","))"
    return [setpriv, "--reuid=\(user.uid)", "--regid=\(user.gid)", groups, "--", path] + further
  }

  /// The mask belongs to the whole process, and other programs are started meanwhile: the child sets its own. The script
  /// is always the same; what it runs are its arguments, which the shell does not read.
  private func masked(_ words: [String], _ mask: UInt32?) -> [String] {
    guard let mask else { return words }
    return ["/bin/sh", "-c", "umask \"$0\" && exec \"$@\"", String(mask, radix: 8)] + words
  }

  private func spawn(
    _ command: Command, path: String, output: FileDescriptor, errorOutput: FileDescriptor, _ process: RunningProcess
  ) async throws -> Outcome {
    var options = PlatformOptions()
    options.createSession = true
    let words = masked(try argumentVector(command, path: path), command.umask)
    let configuration = Configuration(
      executable: .path(FilePath(words[0])), arguments: Arguments(Array(words.dropFirst())),
      environment: environment(command), workingDirectory: command.workingDirectory.map { FilePath($0) },
      platformOptions: options)
    let input: FileDescriptor
    do { input = FileDescriptor(rawValue: try InputFile.open(command.standardInput)) } catch {
      close(output.rawValue)
      close(errorOutput.rawValue)
      throw error
    }
    let result = try await Subprocess.run(
      configuration, input: .fileDescriptor(input, closeAfterSpawningProcess: true),
      output: .fileDescriptor(output, closeAfterSpawningProcess: true),
      error: .fileDescriptor(errorOutput, closeAfterSpawningProcess: true)
    ) { execution in
      process.started(execution.processIdentifier.value)
    }
    process.ended()
    if process.isTimedOut { await endGroup(result.processIdentifier.value) }
    let ending: CommandResult.Ending =
      switch result.terminationStatus {
      case _ where process.isTimedOut: .timedOut
      case .exited(let code): .exited(code)
      case .signaled(let signal): .signalled(signal)
      }
    return Outcome(ending: ending, processID: result.processIdentifier.value)
  }

  /// The program ended when it was asked to; what it had started may not have.
  private func endGroup(_ group: pid_t) async {
    let deadline = ContinuousClock.now + Self.grace
    while ProcessTree.isRunning(group: group) {
      guard ContinuousClock.now < deadline, (try? await Task.sleep(for: .milliseconds(50))) != nil else {
        kill(-group, SIGKILL)
        return
      }
    }
  }

  private func environment(_ command: Command) -> Environment {
    var entries: [String: String] = [:]
    if !command.isEnvironmentClean {
      var pointer = environ
      while let entry = pointer.pointee {
        let text = String(cString: entry)
        if let equals = text.firstIndex(of: "=") {
          entries[String(text[..<equals])] = String(text[text.index(after: equals)...])
        }
        pointer += 1
      }
    }
    entries["PATH"] = Self.searchPath
    entries.merge(command.environment) { _, new in new }
    // Each entry is handed to execve(2) as it is: without the zero the program would read on into our memory.
    return .custom(entries.map { Array("\($0.key)=\($0.value)\0".utf8) })
  }

  private static var searchPath: String {
    let own = getenv("PATH").map { String(cString: $0) } ?? ""
    var directories: [Substring] = []
    for directory in own.split(separator: ":") + systemPath.split(separator: ":") where !directories.contains(directory)
    {
      directories.append(directory)
    }
    return directories.joined(separator: ":")
  }
}
