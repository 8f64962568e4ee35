import Glibc
import Synchronization

/// Runs synchronous work that may block and needs a deep stack on a thread of its own: templates call functions that
/// are tasks, and a thread of the cooperative pool must never wait for a task.
enum RenderThread {
  static let stackBytes = 8 << 20

  private final class Work {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  /// Runs the body on a new thread. It gets the bridge through which it can wait for tasks.
  ///
  /// - Throws: what the body throws; `StateProblem` when there can be no more threads.
  static func run<Success: Sendable>(
    _ body: @escaping @Sendable (TaskBridge) throws -> Success
  ) async throws -> Success {
    let bridge = TaskBridge()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let work = Work { continuation.resume(with: Result { try body(bridge) }) }
        if !start(work) { continuation.resume(throwing: StateProblem("There is no thread to render a template on")) }
      }
    } onCancel: {
      bridge.cancel()
    }
  }

  private static func start(_ work: Work) -> Bool {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, stackBytes)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    let context = Unmanaged.passRetained(work).toOpaque()
    var thread = pthread_t()
    let status = pthread_create(
      &thread, &attributes,
      { context in
        guard let context else { return nil }
        Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
        return nil
      }, context)
    if status != 0 { Unmanaged<Work>.fromOpaque(context).release() }
    return status == 0
  }
}
