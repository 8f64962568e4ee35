import Functions
import OrderedCollections
import Value

/// The package database as states of one run see it: read once, and again after a change.
struct PackageRecords: Sendable {
  private static let memoryName = "pkg.records"

  /// Versions by name.
  private let installed: ValueMap
  private let removed: ValueMap

  /// What the run remembers, or what the database says now.
  static func current(_ provider: any PackageProvider, _ context: StateContext) async throws -> PackageRecords {
    if let known = context.memory[memoryName] { return PackageRecords(known) }
    return try await read(provider, context)
  }

  /// Reads the database and remembers it.
  static func read(_ provider: any PackageProvider, _ context: StateContext) async throws -> PackageRecords {
    let state = try await provider.state()
    let value: Value = ["installed": map(state.present), "removed": map(state.removed)]
    context.memory.update(memoryName) { $0 = value }
    return PackageRecords(value)
  }

  /// To be called when something may have changed.
  static func forget(_ context: StateContext) { context.memory.update(memoryName) { $0 = nil } }

  private init(_ value: Value) {
    installed = value["installed"]?.mapValue ?? [:]
    removed = value["removed"]?.mapValue ?? [:]
  }

  private static func map(_ packages: [String: [String]]) -> Value {
    .map(ValueMap(uniqueKeysWithValues: packages.map { (.string($0.key), .strings($0.value)) }))
  }

  /// Empty when it is not installed.
  func versions(of name: String) -> [String] { (installed[name]?.listValue ?? []).map(\.description) }

  /// Removed, with configuration files left.
  func hasLeftovers(_ name: String) -> Bool { removed[name] != nil }

  /// What differs in a later reading, `{name: {old, new}}`.
  func changes(to later: PackageRecords) -> ValueMap {
    var changes: ValueMap = [:]
    let names = Set(installed.keys).union(later.installed.keys)
    for name in names.sorted(by: { $0.description < $1.description }) where installed[name] != later.installed[name] {
      let (old, new) = (versions(of: name.description), later.versions(of: name.description))
      changes[name] = ["old": .string(PackageState.text(old)), "new": .string(PackageState.text(new))]
    }
    return changes
  }
}
