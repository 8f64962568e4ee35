public import Value

/// Looks anew at what a run of states has taken as given (`reload_grains`, `reload_modules`).
public protocol HostRefresh: Sendable {
  /// The host's grains as they are now.
  func grains() async -> ValueMap
  /// The functions and states of this host, those of the site read again.
  func modules() -> (functions: FunctionRegistry, states: StateRegistry)
}
