/// What can be asked of a service: the verb is systemctl's and, but for a hyphen, an init script's.
enum ServiceAction: String, Sendable, Hashable {
  case start, stop, restart, reload
  case forceReload = "force-reload"

  /// After it the service is meant to run.
  var endsRunning: Bool { self != .stop }
}
