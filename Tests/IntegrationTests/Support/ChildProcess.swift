import Glibc
import Synchronization

/// A program that this test has started: known by its process id, which cannot belong to another until we have
/// collected it, and ended by it.
final class ChildProcess: Sendable {
  let processID: pid_t
  private let status = Mutex<Int32?>(nil)

  /// - Parameters:
  ///   - log: file that standard output and error are added to; nil drops them.
  ///   - input: descriptor for standard input; nil is /dev/null.
  init(_ arguments: [String], environment: [String: String], log: String? = nil, input: Int32? = nil) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input {
      posix_spawn_file_actions_adddup2(&actions, input, 0)
    } else {
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    }
    posix_spawn_file_actions_addopen(&actions, 1, log ?? "/dev/null", O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // The threads of a task pool block most signals, and a child would inherit that.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETPGROUP)
    posix_spawnattr_setflags(&attributes, Int16(flags))
    let words = arguments.map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var child: pid_t = 0
    let result = posix_spawn(&child, arguments[0], &actions, &attributes, words, variables)
    guard result == 0 else { throw TestFailure("cannot start \(arguments[0]): error \(result)") }
    processID = child
  }

  /// Whether it has not ended yet.
  var isRunning: Bool { collect() == nil }

  private func collect() -> Int32? {
    status.withLock { status in
      if status == nil {
        var raw: Int32 = 0
        if waitpid(processID, &raw, WNOHANG) == processID { status = raw }
      }
      return status
    }
  }

  /// Sends a signal, unless it has been collected: its id may be another's then.
  func signal(_ number: Int32) {
    status.withLock { status in
      if status == nil { kill(processID, number) }
    }
  }

  /// Waits for its end.
  ///
  /// - Returns: false when it still runs after that.
  func wait(_ limit: Duration) async -> Bool {
    let deadline = ContinuousClock.now + limit
    while isRunning {
      guard ContinuousClock.now < deadline else { return false }
      try? await Task.sleep(for: .milliseconds(10))
    }
    return true
  }

  /// Asks it to end, and insists after a while.
  func end(grace: Duration = .seconds(5)) async {
    signal(SIGTERM)
    if await wait(grace) { return }
    await killNow()
  }

  /// `kill -9`.
  func killNow() async {
    signal(SIGKILL)
    _ = await wait(.seconds(5))
  }
}
