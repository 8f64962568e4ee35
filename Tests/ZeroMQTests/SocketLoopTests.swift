import Glibc
import Synchronization
import TestSupport
import Testing
import ZeroMQ

/// An actor that lives on a loop.
private actor Resident {
  nonisolated let loop: SocketLoop
  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
  private(set) var count = 0
  private var sockets: [ZMQSocket] = []
  private var messages = 0

  init(_ loop: SocketLoop) { self.loop = loop }

  func add() -> UInt {
    count += 1
    return UInt(pthread_self())
  }

  /// Calls itself from a timer until `limit`.
  func every(_ interval: Duration, named name: String, _ body: @escaping @Sendable () -> Void) {
    loop.every(interval, named: name) { [weak self] in
      self?.assumeIsolated { $0.count += 1 }
      body()
    }
  }

  func afterEachTurn(_ body: @escaping @Sendable () -> Void) { loop.afterEachTurn(body) }

  /// A pair within the process; the receiving one leaves the loop at its first message.
  func receiveOnce(_ count: Int) throws {
    let context = ZMQContext()
    let (sender, receiver) = (try ZMQSocket(.pair, in: context), try ZMQSocket(.pair, in: context))
    try receiver.bind("inproc://once")
    try sender.connect("inproc://once")
    sockets = [sender, receiver]
    loop.add(receiver) { [weak self] _ in
      self?.assumeIsolated { resident in
        resident.messages += 1
        resident.loop.remove(resident.sockets[1])
      }
    }
    for number in 0..<count { _ = sender.send([UInt8(truncatingIfNeeded: number)]) }
  }

  var received: Int { messages }

  /// Messages to itself, more than one turn takes.
  func flood(_ count: Int, _ handled: @escaping @Sendable (UInt8) -> Void) throws {
    let context = ZMQContext()
    let (sender, receiver) = (try ZMQSocket(.pair, in: context), try ZMQSocket(.pair, in: context))
    var options = SocketOptions()
    options.sendHighWaterMark = 0
    options.receiveHighWaterMark = 0
    try sender.apply(options)
    try receiver.apply(options)
    try receiver.bind("inproc://flood")
    try sender.connect("inproc://flood")
    sockets = [sender, receiver]
    loop.add(receiver) { handled($0.frames[0][0]) }
    for number in 0..<count { #expect(sender.send([UInt8(truncatingIfNeeded: number)])) }
  }
}

@Suite struct SocketLoopTests {
  @Test func anActorRunsOnItsThread() async {
    let loop = SocketLoop(name: "test")
    let resident = Resident(loop)
    let threads = await withTaskGroup(of: UInt.self) { group in
      for _ in 0..<500 { group.addTask { await resident.add() } }
      return await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(threads.count == 1)
    #expect(!threads.contains(UInt(pthread_self())))
    #expect(await resident.count == 500)
    loop.stop()
  }

  @Test func timersGoOnAndMayBeReplacedByName() async throws {
    let loop = SocketLoop(name: "test")
    let resident = Resident(loop)
    let ticks = Mutex<[String: Int]>([:])
    func tick(_ name: String) -> @Sendable () -> Void { { ticks.withLock { $0[name, default: 0] += 1 } } }
    await resident.every(.milliseconds(5), named: "t", tick("first"))
    try await eventually("the first ticks") { ticks.withLock { ($0["first"] ?? 0) >= 3 } }
    await resident.every(.milliseconds(5), named: "t", tick("second"))
    let before = ticks.withLock { $0["first"] ?? 0 }
    await resident.every(.milliseconds(5), named: "", tick("other"))
    await resident.every(.milliseconds(5), named: "", tick("another"))
    await resident.every(.seconds(3600), named: "late", tick("late"))
    try await eventually("all others tick") {
      ticks.withLock { counts in ["second", "other", "another"].allSatisfy { (counts[$0] ?? 0) >= 3 } }
    }
    #expect(ticks.withLock { $0["first"] } == before)
    #expect(ticks.withLock { $0["late"] } == nil)
    loop.stop()
  }

  @Test func aTurnEndsWithWhatGathersIt() async throws {
    let loop = SocketLoop(name: "test")
    let resident = Resident(loop)
    let turns = Mutex(0)
    await resident.afterEachTurn { turns.withLock { $0 += 1 } }
    _ = await resident.add()
    try await eventually("a turn ends") { turns.withLock { $0 } > 0 }
    loop.stop()
  }

  @Test func noMessageIsLostAndOthersGetTheirTurn() async throws {
    let loop = SocketLoop(name: "test")
    let resident = Resident(loop)
    let handled = Mutex<[UInt8]>([])
    let turns = Mutex<[Int]>([])
    await resident.afterEachTurn { turns.withLock { list in list.append(handled.withLock { $0.count }) } }
    try await resident.flood(2000) { number in handled.withLock { $0.append(number) } }
    try await eventually("all are handled") { handled.withLock { $0.count } == 2000 }
    #expect(handled.withLock { $0 } == (0..<2000).map { UInt8(truncatingIfNeeded: $0) })
    // At most 500 between two turns.
    try await eventually("the last turn ends") { turns.withLock { $0.last } == 2000 }
    let counts = turns.withLock { $0 }
    #expect(zip(counts, counts.dropFirst()).allSatisfy { $1 - $0 <= 500 })
    loop.stop()
  }

  /// A socket that was taken from the loop hands over nothing more, however much waits in it.
  @Test func aRemovedSocketIsSilentAtOnce() async throws {
    let loop = SocketLoop(name: "test")
    let resident = Resident(loop)
    try await resident.receiveOnce(5)
    try await eventually("one is received") { await resident.received > 0 }
    for _ in 0..<20 { _ = await resident.add() }
    #expect(await resident.received == 1)
    loop.stop()
  }

  @Test func stoppingEndsTheThread() async throws {
    func threads() -> Set<String> {
      var names: Set<String> = []
      guard let directory = opendir("/proc/self/task") else { return [] }
      defer { closedir(directory) }
      while let entry = readdir(directory) {
        let thread = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        guard let file = fopen("/proc/self/task/\(thread)/comm", "r") else { continue }
        var line = [CChar](repeating: 0, count: 64)
        if fgets(&line, 64, file) != nil {
          names.insert(
            String(decoding: line.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
        }
        fclose(file)
      }
      return names
    }
    let loop = SocketLoop(name: "loop-that-ends")
    let resident = Resident(loop)
    _ = await resident.add()
    #expect(threads().contains("loop-that-ends"))
    loop.stop()
    try await eventually("the thread is gone") { !threads().contains("loop-that-ends") }
  }
}
