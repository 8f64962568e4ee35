import Value
import Wire

/// An operator who waits for a job's ends.
struct JobWatcher {
  let job: JobID
  /// Results read from the store are on their way; what comes meanwhile is kept back.
  var isCatchingUp: Bool
  /// Ends not yet sent.
  var waiting: [Value] = []
  /// Delivered and running counts changed since the last part.
  var isProgressNews = false
}
