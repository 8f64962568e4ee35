import UnixSignals

/// Waits for the signals that end or reload a daemon.
public enum SignalWaiter {
  /// Returns at SIGTERM or SIGINT; calls `reload` at each SIGHUP.
  public static func untilTermination(reload: @Sendable () async -> Void) async {
    for await signal in await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup) {
      guard signal == .sighup else { return }
      await reload()
    }
  }
}
