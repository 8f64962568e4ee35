public import OrderedCollections
import Synchronization
public import Value

/// What many compiles of the same files share: where files are, what is in them, and what SLS render to for minions
/// that are alike. Only for pillars whose secrets are withheld; make a new one for each round, as files may change.
public final class PillarShare: Sendable {
  struct SLS: Hashable, Sendable {
    var environment: String
    var sls: String
    var variables: ValueMap
  }

  /// Bytes of texts that are kept.
  private static let sizeLimit = 64 << 20

  private struct State {
    var places: [String: String?] = [:]
    var contents: [String: PillarFiles.Content] = [:]
    var size = 0
    var lists: [String: SLSList] = [:]
  }

  let source: LocalFileSource
  let tops = GrainMemo<String, PillarTop>()
  let documents = GrainMemo<SLS, Value>()
  private let state = Mutex(State())

  /// - Parameter options: those of the compiles.
  public init(_ options: ValueMap, environment: String?) {
    source = PillarCompiler.source(options, environment: environment)
  }

  func place(of path: String, environment: String) async throws -> String? {
    let key = "\(environment)\u{0}\(path)"
    if let known = state.withLock({ $0.places[key] }) { return known }
    let place = try await source.localPath(of: path, environment: environment)
    state.withLock { $0.places[key] = .some(place) }
    return place
  }

  func content(of local: String) -> PillarFiles.Content? {
    if let known = state.withLock({ $0.contents[local] }) { return known }
    guard let content = PillarFiles.Content(reading: local) else { return nil }
    state.withLock { state in
      guard state.size < Self.sizeLimit else { return }
      state.size += content.bytes.count
      state.contents[local] = content
    }
    return content
  }

  func list(_ environment: String) async throws -> SLSList {
    if let known = state.withLock({ $0.lists[environment] }) { return known }
    let list = try await SLSList(source, environment: environment)
    state.withLock { $0.lists[environment] = list }
    return list
  }
}
