/// What was asked for, beside the credential itself.
struct RotationRequest: Sendable {
  /// Rotated at or after this moment is good enough.
  var since: Int64?
  /// Tries an orphaned rotation again.
  var isRetry = false
}
