import Synchronization

/// The leaf that the server presented, between the callback that sees it and the handler that reports it.
final class PresentedChain: Sendable {
  private let leaf = Mutex<[UInt8]?>(nil)

  func set(_ der: [UInt8]?) { leaf.withLock { $0 = der } }
  var der: [UInt8]? { leaf.withLock { $0 } }
}
