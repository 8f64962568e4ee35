import ArgumentParser
import CEpoll
import Glibc

/// Which of very many descriptors have news: epoll(7), at a price that does not grow with those that have none.
final class ReadinessQueue {
  private static let eventsPerTurn = 512
  private let descriptor: Int32
  private var events = [epoll_event](repeating: epoll_event(), count: eventsPerTurn)

  init() throws {
    descriptor = epoll_create1(Int32(O_CLOEXEC))
    guard descriptor >= 0 else { throw ValidationError("epoll_create1: no descriptor left") }
  }

  deinit { close(descriptor) }

  /// Watches a descriptor; `wait` tells of it by the index.
  func add(_ watched: Int32, index: Int) throws {
    var event = epoll_event()
    event.events = UInt32(EPOLLIN.rawValue)
    event.data.u32 = UInt32(index)
    guard epoll_ctl(descriptor, EPOLL_CTL_ADD, watched, &event) == 0 else {
      throw ValidationError("epoll_ctl: error \(errno) for descriptor \(watched)")
    }
  }

  /// The indices of descriptors with news; none after the time or at a signal.
  func wait(milliseconds: Int) -> [Int] {
    let count = epoll_wait(descriptor, &events, Int32(events.count), Int32(milliseconds))
    return count > 0 ? events[..<Int(count)].map { Int($0.data.u32) } : []
  }
}
