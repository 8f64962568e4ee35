import OrderedCollections
import Value

/// An init system: what it says of services, and what it can be told to do.
protocol ServiceProvider: Sendable {
  /// Whether each of these services runs.
  func status(of names: [String]) async throws -> [String: Bool]

  /// Throws when the service is unknown here or cannot be acted on. Changes nothing.
  func check(_ name: String, options: ServiceOptions) async throws
  func perform(_ action: ServiceAction, _ name: String, options: ServiceOptions) async throws
  func setEnabled(_ isEnabled: Bool, _ name: String, options: ServiceOptions) async throws
  func setMasked(_ isMasked: Bool, _ name: String, runtime: Bool) async throws

  func isEnabled(_ name: String) async throws -> Bool
  func isMasked(_ name: String, runtime: Bool) throws -> Bool
  func isAvailable(_ name: String) async throws -> Bool

  func all() async throws -> [String]
  func running() async throws -> [String]
  /// Services whose start at boot is in this state: `enabled`, `disabled` or `static`.
  func names(inState state: String) async throws -> [String]

  func show(_ name: String) async throws -> ValueMap
  /// The program each service starts, by name.
  func execs() async throws -> [String: String]
  /// Makes the init system read its configuration again.
  func reloadConfiguration() async throws
}
