import Synchronization
import ZeroMQ

/// Which keys may connect where, for the ZAP threads. The core writes it, the authenticators read it.
final class KeyTable: Sendable {
  private let keys = Mutex<(fleet: Set<CurveKey>, operators: Set<CurveKey>)>(([], []))

  func setFleet(_ new: Set<CurveKey>) { keys.withLock { $0.fleet = new } }
  func setOperators(_ new: Set<CurveKey>) { keys.withLock { $0.operators = new } }
  func addFleet(_ key: CurveKey) { keys.withLock { _ = $0.fleet.insert(key) } }
  func removeFleet(_ key: CurveKey) { keys.withLock { _ = $0.fleet.remove(key) } }

  /// The User-Id of a connection is its key; the domain says which list it must be on.
  func userID(domain: String, key: CurveKey) -> String? {
    keys.withLock { keys in
      switch domain {
      case "fleet": keys.fleet.contains(key)
      case "operators": keys.operators.contains(key)
      default: false
      }
    } ? key.description : nil
  }
}
