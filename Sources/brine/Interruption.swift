import CommandLine
@preconcurrency import Dispatch
import Glibc
import Synchronization
import Wire

/// Ctrl-C leaves the job running and says how to pick it up.
final class Interruption: Sendable {
  private let job = Mutex<JobID?>(nil)
  private let source: any DispatchSourceSignal

  init() {
    signal(SIGINT, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    self.source = source
    source.setEventHandler { [weak self] in
      let id = self?.job.withLock { $0 }
      if let id {
        Terminal.error(
          "\nThe job goes on. `brine jobs watch \(id)` picks it up, `brine jobs cancel \(id)` ends it.")
      }
      exit(130)
    }
    source.activate()
  }

  func began(_ id: JobID?) { job.withLock { $0 = id } }
}
