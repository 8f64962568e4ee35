/// One step of a transcript: at that time, this event, then these actions.
struct TranscriptStep<Event: Sendable, Action: Sendable>: Sendable {
  var time: Double
  var event: Event
  var actions: [Action]

  init(_ time: Double, _ event: Event, _ actions: Action...) {
    self.time = time
    self.event = event
    self.actions = actions
  }
}
