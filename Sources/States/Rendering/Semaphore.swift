import Glibc

/// A counting semaphore for a thread that must wait for tasks. Never waited for on a thread of the cooperative pool.
final class Semaphore: @unchecked Sendable {
  // Only touched through sem_*, which may be called from any thread.
  private let storage: UnsafeMutablePointer<sem_t>

  init() {
    storage = .allocate(capacity: 1)
    sem_init(storage, 0, 0)
  }

  deinit {
    sem_destroy(storage)
    storage.deallocate()
  }

  func signal() { sem_post(storage) }

  func wait() { while sem_wait(storage) != 0, errno == EINTR {} }
}
