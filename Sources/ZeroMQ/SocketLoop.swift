import CLinux
import CZeroMQ
import Glibc
import Synchronization

/// A thread that owns its sockets and is the executor of the actor that uses them.
///
/// An actor names it in `unownedExecutor`; handlers run on the thread itself, so they may enter the actor with
/// `assumeIsolated` and handle a message at the price of a C callback. Never block in such an actor: nothing else is
/// received meanwhile.
///
/// `@unchecked Sendable`: the job queue is behind a mutex; sockets, handlers and timers are touched by the thread alone
/// (checked with a precondition).
public final class SocketLoop: SerialExecutor, @unchecked Sendable {
  public typealias Handler = @Sendable (ReceivedMessage) -> Void

  private struct Registration {
    let socket: ZMQSocket
    let handler: Handler
  }

  private struct Timer {
    var due: ContinuousClock.Instant
    let interval: Duration
    let name: String
    let handler: @Sendable () -> Void
  }

  /// Messages handled of one socket before the other sockets, jobs and timers get their turn.
  private static let messagesPerTurn = 500

  private let wakeDescriptor: Int32
  private let queue = Mutex<(jobs: [UnownedJob], isStopping: Bool)>(([], false))
  private let thread = Mutex<pthread_t?>(nil)
  private var registrations: [Registration] = []
  private var removals = 0
  private var timers: [Timer] = []
  private var drained: [@Sendable () -> Void] = []
  private let clock = ContinuousClock()

  /// Starts the thread.
  public init(name: String) {
    wakeDescriptor = brine_eventfd()
    precondition(wakeDescriptor >= 0, "eventfd: no descriptor left")
    start(name: name)
  }

  deinit { close(wakeDescriptor) }

  // MARK: Executor

  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let wasEmpty = queue.withLock { state in
      state.jobs.append(job)
      return state.jobs.count == 1
    }
    // The thread looks at the queue before it polls; only others need to wake it, and only once.
    if wasEmpty, !isCurrent { wake() }
  }

  public func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

  public func checkIsolated() { precondition(isCurrent, "not on the socket loop's thread") }

  private var isCurrent: Bool {
    thread.withLock { $0 }.map { pthread_equal($0, pthread_self()) != 0 } ?? false
  }

  // MARK: For the actor on this loop

  /// Hands every message of the socket to the handler. To be called on the loop (from its actor).
  public func add(_ socket: ZMQSocket, _ handler: @escaping Handler) {
    checkIsolated()
    registrations.append(Registration(socket: socket, handler: handler))
  }

  public func remove(_ socket: ZMQSocket) {
    checkIsolated()
    registrations.removeAll { $0.socket === socket }
    removals += 1
  }

  /// Calls the handler again and again.
  ///
  /// - Parameter name: a timer of the same name is replaced; an empty one names none.
  public func every(_ interval: Duration, named name: String = "", _ handler: @escaping @Sendable () -> Void) {
    checkIsolated()
    let timer = Timer(due: clock.now + interval, interval: interval, name: name, handler: handler)
    if !name.isEmpty, let index = timers.firstIndex(where: { $0.name == name }) {
      timers[index] = timer
    } else {
      timers.append(timer)
    }
  }

  /// Calls the handler after each turn in which something happened: the place to send on what a turn has gathered.
  public func afterEachTurn(_ handler: @escaping @Sendable () -> Void) {
    checkIsolated()
    drained.append(handler)
  }

  /// Ends the thread after the current turn; its sockets are closed.
  public func stop() {
    queue.withLock { $0.isStopping = true }
    wake()
  }

  // MARK: The thread

  private func start(name: String) {
    let box = Unmanaged.passRetained(Start(loop: self, name: name))
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var created = pthread_t()
    let status = pthread_create(
      &created, &attributes,
      { argument in
        guard let argument else { return nil }
        let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
        brine_name_thread(start.name)
        start.loop.run()
        return nil
      }, box.toOpaque())
    pthread_attr_destroy(&attributes)
    precondition(status == 0, "pthread_create failed: \(status)")
  }

  private final class Start: @unchecked Sendable {
    let loop: SocketLoop
    let name: String
    init(loop: SocketLoop, name: String) {
      self.loop = loop
      self.name = name
    }
  }

  private func run() {
    thread.withLock { $0 = pthread_self() }
    while !queue.withLock({ $0.isStopping }) {
      var isBusy = runJobs()
      isBusy = runTimers() || isBusy
      isBusy = poll(wait: isBusy ? 0 : timeUntilTimer()) || isBusy
      if isBusy { for handler in drained { handler() } }
    }
    _ = runJobs()
    registrations.removeAll()
    timers.removeAll()
    drained.removeAll()
  }

  private func runJobs() -> Bool {
    let jobs = queue.withLock { state in
      let jobs = state.jobs
      state.jobs = []
      return jobs
    }
    for job in jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
    return !jobs.isEmpty
  }

  private func runTimers() -> Bool {
    let now = clock.now
    var isBusy = false
    for index in timers.indices where timers[index].due <= now {
      let timer = timers[index]
      timers[index].due = now + timer.interval
      timer.handler()
      isBusy = true
    }
    return isBusy
  }

  /// Milliseconds; -1 waits for ever.
  private func timeUntilTimer() -> Int {
    guard let due = timers.map(\.due).min() else { return -1 }
    let (seconds, attoseconds) = (due - clock.now).components
    return max(0, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000) + 1)
  }

  private func poll(wait: Int) -> Bool {
    let current = registrations
    let removalsBefore = removals
    var items = current.map { zmq_pollitem_t(socket: $0.socket.pointer, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0) }
    items.append(zmq_pollitem_t(socket: nil, fd: wakeDescriptor, events: Int16(ZMQ_POLLIN), revents: 0))
    guard zmq_poll(&items, Int32(items.count), wait) > 0 else { return false }
    if items.removeLast().revents != 0 { drainWake() }
    for (item, registration) in zip(items, current) where item.revents & Int16(ZMQ_POLLIN) != 0 {
      for _ in 0..<Self.messagesPerTurn {
        // A handler may have removed the socket, or another one that has its turn in this very round.
        guard removals == removalsBefore || registrations.contains(where: { $0.socket === registration.socket }),
          let message = registration.socket.receive()
        else { break }
        registration.handler(message)
      }
    }
    return true
  }

  private func wake() {
    var one: UInt64 = 1
    _ = write(wakeDescriptor, &one, 8)
  }

  private func drainWake() {
    var count: UInt64 = 0
    _ = read(wakeDescriptor, &count, 8)
  }
}
