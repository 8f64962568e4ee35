import Functions
import Glibc
import HostSystem
import Wire

/// Fetches a large file in chunks, several at once, into the cache. What is here of it already is not fetched again.
struct FileDownload: Sendable {
  let client: FleetClient
  let cache: FileCache
  let environment: EnvironmentName
  let path: FilePath
  let file: FileDescription

  /// Chunks that are asked for at once, at most.
  private static let window = 8

  enum Ending: Sendable {
    case done
    /// The file has another content now.
    case changed
  }

  func run() async throws -> Ending {
    while true {
      if cache.has(file.digest, size: file.size) { return .done }
      try checkRoom()
      if var partial = try PartialFile.open(cache, file.digest, size: file.size) {
        // The process that had the lock before may have finished it.
        if cache.has(file.digest, size: file.size) { return .done }
        return try await fetch(&partial)
      }
      try await Task.sleep(for: .milliseconds(100))
    }
  }

  private func fetch(_ partial: inout PartialFile) async throws -> Ending {
    for _ in 0..<2 {
      guard try await fetchRest(&partial) else {
        partial.remove()
        return .changed
      }
      if try partial.finish() { return .done }
    }
    partial.remove()
    throw FunctionError(
      .failed, "salt://\(path) does not arrive as the master says it is, twice.",
      hint: "Check the disk and the memory of both.")
  }

  /// - Returns: false when the master has another content now.
  private func fetchRest(_ partial: inout PartialFile) async throws -> Bool {
    var asked = partial.count
    var waiting: [Int64: [UInt8]] = [:]
    var written = partial.count
    // A slow link gets fewer at once, so that no answer waits for too long behind others.
    var window = 2
    let size = file.size
    var ready: [[UInt8]] = []
    return try await withThrowingTaskGroup(of: (Int64, [UInt8]?, Duration).self) { group in
      while written < size {
        while asked < size, asked - written < Int64(window) * FileChunkRequest.maximumLength {
          let (offset, length) = (asked, min(size - asked, FileChunkRequest.maximumLength))
          group.addTask { try await chunk(offset, length) }
          asked += length
        }
        guard let (offset, bytes, time) = try await group.next() else { break }
        guard let bytes else {
          group.cancelAll()
          return false
        }
        window = time < .seconds(1) ? min(window + 1, Self.window) : time > .seconds(8) ? max(1, window / 2) : window
        waiting[offset] = bytes
        while let next = waiting.removeValue(forKey: written) {
          ready.append(next)
          written += Int64(next.count)
        }
        for bytes in ready { try append(bytes, to: &partial) }
        ready = []
      }
      return true
    }
  }

  private func append(_ bytes: [UInt8], to partial: inout PartialFile) throws {
    do { try partial.append(bytes) } catch let error as HostError where error.code == .noSpace { throw noRoom(nil) }
  }

  private func chunk(_ offset: Int64, _ length: Int64) async throws -> (Int64, [UInt8]?, Duration) {
    let request = FileChunkRequest(
      environment: environment, path: path, digest: file.digest, offset: offset, length: length)
    let start = ContinuousClock.now
    let reply = try await client.ask(.chunk(request), seconds: 110)
    switch reply {
    case .chunk(let bytes) where Int64(bytes.count) == length: return (offset, bytes, .now - start)
    case .chunk, .absent: return (offset, nil, .zero)
    case .refused(let refusal) where refusal.code == .changed: return (offset, nil, .zero)
    case .refused(let refusal):
      throw FunctionError(.failed, "The master does not give out salt://\(path): \(refusal.reason)")
    default: throw FunctionError(.failed, "The master answers something else than a part of salt://\(path).")
    }
  }

  private func checkRoom() throws {
    var status = statvfs()
    guard statvfs(cache.directory, &status) == 0 else { return }
    let free = Int64(clamping: UInt64(status.f_bavail) &* UInt64(status.f_frsize))
    let present = HostFiles().status(cache.partialPath(file.digest))?.size ?? 0
    if free < file.size - present { throw noRoom(free) }
  }

  private func noRoom(_ free: Int64?) -> FunctionError {
    let rest = free.map { ", and \($0 >> 20) MiB are free" } ?? ""
    return FunctionError(
      .failed, "There is no room in \(cache.directory) for salt://\(path): it has \(file.size >> 20) MiB\(rest).",
      hint: "Make room, or give the cache another place (cache_dir in minion.yaml).")
  }
}
