import Synchronization
import Wire

/// Digests of files that were read before, and who waits for one that is being read.
final class DigestCache: Sendable {
  private static let limit = 500_000

  private struct State {
    var known: [FileIdentity: FileDigest] = [:]
    var waiting: [FileIdentity: [@Sendable () -> Void]] = [:]
  }

  enum Claim: Sendable {
    case known(FileDigest)
    /// The caller is to read the file, and then to `finish`.
    case yours
    /// Another one reads it: the closure is called when it is done.
    case parked
  }

  private let state = Mutex(State())

  func known(_ identity: FileIdentity) -> FileDigest? { state.withLock { $0.known[identity] } }

  func claim(_ identity: FileIdentity, orLater retry: @escaping @Sendable () -> Void) -> Claim {
    state.withLock { state in
      if let digest = state.known[identity] { return .known(digest) }
      if state.waiting[identity] != nil {
        state.waiting[identity]?.append(retry)
        return .parked
      }
      state.waiting[identity] = []
      return .yours
    }
  }

  /// - Parameter digest: nil when it is not to be remembered.
  func finish(_ identity: FileIdentity, _ digest: FileDigest?) {
    let waiting = state.withLock { state in
      if let digest { Self.remember(identity, digest, &state) }
      return state.waiting.removeValue(forKey: identity) ?? []
    }
    for retry in waiting { retry() }
  }

  func remember(_ identity: FileIdentity, _ digest: FileDigest) {
    state.withLock { Self.remember(identity, digest, &$0) }
  }

  private static func remember(_ identity: FileIdentity, _ digest: FileDigest, _ state: inout State) {
    if state.known.count >= limit { state.known.removeAll() }
    state.known[identity] = digest
  }
}
