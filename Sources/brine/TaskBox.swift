import Synchronization

/// Tasks to be cancelled together.
final class TaskBox: Sendable {
  private let tasks = Mutex<[Task<Void, Never>]>([])
  func add(_ task: Task<Void, Never>) { tasks.withLock { $0.append(task) } }
  func cancel() { tasks.withLock { tasks in for task in tasks { task.cancel() } } }
}
