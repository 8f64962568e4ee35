/// How a service action is to be run.
struct ServiceOptions: Sendable, Hashable {
  /// Returns when the job is queued instead of when it is done.
  var isNotWaiting = false
  /// Removes a mask first.
  var isUnmasking = false
  /// Removes a mask that lasts until the next boot first.
  var isUnmaskingRuntime = false
  /// For what a mask does not forbid: stopping and disabling.
  var isMaskIgnored = false
  /// A service that was started and did not stay up is a `ServiceDied`, not the reason alone.
  var tellsDeath = false
}
