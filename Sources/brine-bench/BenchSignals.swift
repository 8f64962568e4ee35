import Glibc
import Synchronization

/// What signals ask of a running simulation. Handlers do nothing but set flags, which the loops look at.
enum BenchSignals {
  static let isStopping = Atomic<Bool>(false)
  /// Results are sent (SIGUSR1) or held back (SIGUSR2).
  static let isHolding = Atomic<Bool>(false)

  static func install(holding: Bool) {
    isStopping.store(false, ordering: .relaxed)
    isHolding.store(holding, ordering: .relaxed)
    for number in [SIGTERM, SIGINT, SIGHUP] {
      signal(number) { _ in BenchSignals.isStopping.store(true, ordering: .relaxed) }
    }
    signal(SIGUSR1) { _ in BenchSignals.isHolding.store(false, ordering: .relaxed) }
    signal(SIGUSR2) { _ in BenchSignals.isHolding.store(true, ordering: .relaxed) }
  }
}
