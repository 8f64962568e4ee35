import Glibc
public import HostSystem
import OrderedCollections
import Value
public import Wire

/// The minion's journal and spool on disk: one directory, small files, each written whole (write, fsync, rename, fsync of
/// the directory).
///
/// `ID.job` the order, before anything is done · `ID.worker` who runs it · `ID.result` the end · `ID.done` acknowledged.
public struct JobSpool: Sendable {
  public let directory: String
  private let files = HostFiles()
  /// Kept free for the result of a job that is started, so that a disk that fills up meanwhile does not lose it.
  static let reserve = 256 << 10

  /// Makes the directory, for its owner alone.
  public init(directory: String) throws(HostError) {
    self.directory = directory
    try files.makeDirectory(directory, mode: 0o700)
  }

  public func path(_ id: JobID, _ kind: String) -> String { "\(directory)/\(id.text).\(kind)" }

  // MARK: Journal

  /// Puts the order into the journal.
  ///
  /// - Throws: `HostError` when the disk does not take it: the job must not be started then.
  public func journal(_ order: JobOrder, reserving: Bool) throws(HostError) {
    try write(order.id, "job", .map(order.fields))
    guard reserving else { return }
    let path = path(order.id, "reserve")
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    let status = descriptor < 0 ? errno : posix_fallocate(descriptor, 0, off_t(Self.reserve))
    if descriptor >= 0 { close(descriptor) }
    guard status == 0 else {
      forget(order.id, "reserve")
      forget(order.id, "job")
      throw HostError(errno: status, "reserve room for the result in", path)
    }
  }

  public func order(_ id: JobID) -> JobOrder? {
    read(id, "job").flatMap { try? JobOrder(FieldReader($0)) }
  }

  /// Marks a job as cancelled for a worker that is only being started.
  public func markCancelled(_ id: JobID) {
    let descriptor = open(path(id, "cancel"), O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    if descriptor >= 0 { close(descriptor) }
  }

  public func isCancelled(_ id: JobID) -> Bool { files.exists(path(id, "cancel")) }

  /// The last line of progress that the job's function told; nil when it told none.
  public func progress(_ id: JobID) -> String? { files.firstLine(path(id, "progress")) }

  // MARK: Worker

  public func write(_ worker: WorkerIdentity, for id: JobID) throws(HostError) { try write(id, "worker", worker.value) }
  public func worker(_ id: JobID) -> WorkerIdentity? { read(id, "worker").flatMap { WorkerIdentity(.map($0)) } }

  // MARK: Result

  public func write(_ result: JobResult) throws(HostError) {
    forget(result.id, "reserve")
    try write(result.id, "result", .map(result.fields))
  }

  public func result(_ id: JobID) -> JobResult? {
    read(id, "result").flatMap { try? JobResult(FieldReader($0)) }
  }

  /// The master has it: the result goes, a mark stays until the order could not be redelivered any more.
  public func acknowledge(_ order: JobOrder) throws(HostError) {
    try write(order.id, "done", ["expires": .int(order.expires.microseconds)])
    for kind in ["result", "job", "worker", "reserve", "progress", "cancel"] { forget(order.id, kind) }
  }

  // MARK: After a restart

  public enum Found: Sendable {
    case job(JobOrder, result: JobResult?)
    case done(JobID, expires: Moment)
  }

  /// What the directory holds; files that cannot be read are moved aside and named.
  public func scan(_ problem: (String) -> Void) -> [Found] {
    var found: [Found] = []
    let names = files.entriesIfPresent(directory)
    let done = Set(names.filter { $0.hasSuffix(".done") }.map { $0.dropLast(5) })
    for name in names {
      if name.contains(".brine-") {
        // Left of a write that was cut short.
        try? files.remove("\(directory)/\(name)")
      } else if name.hasSuffix(".done"), let id = JobID(String(name.dropLast(5))) {
        let expires = read(id, "done")?["expires"]?.intValue ?? 0
        found.append(.done(id, expires: Moment(microseconds: expires)))
      } else if name.hasSuffix(".job"), !done.contains(name.dropLast(4)), let id = JobID(String(name.dropLast(4))) {
        guard let order = order(id) else {
          problem("\(directory)/\(name) cannot be read")
          try? files.rename("\(directory)/\(name)", to: "\(directory)/\(name).unreadable")
          continue
        }
        found.append(.job(order, result: result(id)))
      }
    }
    return found
  }

  public func forgetDone(_ id: JobID) { forget(id, "done") }

  private func write(_ id: JobID, _ kind: String, _ value: Value) throws(HostError) {
    try files.write(path(id, kind), MessagePackWriter.encode(value), mode: 0o600)
  }

  private func read(_ id: JobID, _ kind: String) -> ValueMap? {
    guard let bytes = try? files.read(path(id, kind), limit: 1 << 30) else { return nil }
    return (try? MessagePackReader.decode(bytes))?.mapValue
  }

  private func forget(_ id: JobID, _ kind: String) { try? files.remove(path(id, kind)) }
}
