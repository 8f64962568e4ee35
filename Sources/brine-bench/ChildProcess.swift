import ArgumentParser
import Glibc

/// A process started with posix_spawn(3): nothing between it and the clock.
struct ChildProcess {
  let pid: pid_t

  /// - Parameters:
  ///   - program: a path.
  ///   - arguments: the first is the program's name.
  ///   - isQuiet: its standard output goes to /dev/null.
  init(_ program: String, _ arguments: [String], isQuiet: Bool) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    if isQuiet { posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) }
    let names: [String] = ["PATH", "HOME", "LD_LIBRARY_PATH", "TMPDIR"]
    let environment = names.compactMap { name in getenv(name).map { "\(name)=\(String(cString: $0))" } }
    let words = arguments.map { strdup($0) } + [nil]
    let variables = environment.map { strdup($0) } + [nil]
    defer { for text in words + variables { free(text) } }
    var pid = pid_t()
    let status = posix_spawn(&pid, program, &actions, nil, words, variables)
    guard status == 0 else { throw ValidationError("cannot start \(program): error \(status)") }
    self.pid = pid
  }

  /// Reaps it if it has ended.
  var isRunning: Bool { waitpid(pid, nil, WNOHANG) == 0 }

  func signal(_ number: Int32) { kill(pid, number) }

  /// Waits for its end.
  ///
  /// - Returns: its exit code, 128 and the number for a signal; nil at EINTR (a time limit).
  func wait(_ usage: inout rusage) -> Int32? {
    var status: Int32 = 0
    guard wait4(pid, &status, 0, &usage) == pid else { return nil }
    return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + (status & 0x7F)
  }

  /// Ends it: asked first, made to after two seconds.
  func end() {
    guard isRunning else { return }
    signal(SIGTERM)
    for _ in 0..<100 {
      guard isRunning else { return }
      Pause.milliseconds(20)
    }
    signal(SIGKILL)
    waitpid(pid, nil, 0)
  }
}
