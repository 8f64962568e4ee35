public import OrderedCollections
public import Value

/// What a function's host gets from its master when a function needs it.
public protocol MasterAccess: Sendable {
  /// The master's file server, as it is from now on: ask once for each run.
  func fileSource() -> any FileSource

  /// This host's pillar, compiled now.
  ///
  /// - Parameters:
  ///   - environment: the one pillar environment that counts; nil for all.
  ///   - override: seen while it is compiled, and merged over it.
  ///   - saltenv: the file environment that the caller works in.
  /// - Returns: the pillar, or `_errors` alone: sentences that say why it cannot be compiled.
  /// - Throws: `FunctionError` when there is none to be had. Never half a pillar.
  func pillar(environment: String?, override: ValueMap, saltenv: String?) async throws -> ValueMap

  /// What was encrypted of the pillars that came so far: to be kept out of results.
  var secrets: [String] { get }
}
