import Value
import Wire

/// An operator who waits for a job's ends. A class, so that each end is put to the others in place.
final class JobWatcher {
  let job: JobID
  /// Whose stream it is.
  let operatorName: String
  /// Results read from the store are on their way; what comes meanwhile is kept back.
  var isCatchingUp: Bool
  /// What the last word says of whether the job is complete, for one who asked for what there is by now; nil for one
  /// who waits until it is.
  let end: Value?
  /// Ends not yet sent.
  var waiting: [Value] = []
  /// Counts by state changed since they were last sent.
  var isProgressNews = true
  var lastProgress = ContinuousClock.Instant.now - .seconds(1)

  init(job: JobID, operatorName: String, isCatchingUp: Bool, end: Value? = nil) {
    self.job = job
    self.operatorName = operatorName
    self.isCatchingUp = isCatchingUp
    self.end = end
  }
}
