import Dispatch
import Store

/// Commits batches one after another off the loop's thread: what arrives while one is being written makes the next.
struct GroupCommit: Sendable {
  private let store: any Store
  private let queue = DispatchQueue(label: "brine.commit")

  init(store: any Store) { self.store = store }

  func commit(_ operations: [StoreOperation], then finish: @escaping @Sendable (StoreError?) -> Void) {
    queue.async {
      do throws(StoreError) {
        try store.commit(operations)
        finish(nil)
      } catch { finish(error) }
    }
  }
}
