/// Wake-ups of a process over a while, from readings of its threads' counters.
///
/// The kernel forgets the counter of a thread that ends, so the threads are read every so often: what one did after its
/// last reading is lost, and nothing is ever taken off.
struct WakeUpCount {
  private var last: [Int: Int]
  private(set) var total = 0

  init(_ first: [Int: Int]) { last = first }

  mutating func add(_ reading: [Int: Int]) {
    for (thread, count) in reading {
      let before = last[thread] ?? 0
      // A thread with the number of one that has ended begins at zero.
      total += count >= before ? count - before : count
    }
    last = reading
  }
}
