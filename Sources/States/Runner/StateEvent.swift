/// What happened to a run.
enum StateEvent: Sendable, Hashable {
  /// It starts. `now` is the local time of day.
  case started(now: String)
  /// A call has come back.
  case finished(StateCall, StateReturn, now: String)
  /// The wait before a call is over; it took so many seconds.
  case slept(StateCall, seconds: Int)
}
