import Glibc
import HostSystem
import Wire

extension FileCache {
  /// Seconds between looks at what is not used any more.
  private static let interval = 3600.0
  /// What was used so lately stays, however large the cache is: a run may be about to read it.
  private static let recent = 3600.0

  /// Removes objects that were not used for so long, then those used longest ago until the rest is small enough, and links
  /// that lead to nothing then. Once an hour it does something, in one process.
  ///
  /// - Parameters:
  ///   - maximumAge: seconds.
  ///   - maximumSize: bytes; 0 is without limit.
  public func prune(maximumAge: Double, maximumSize: Int64, now: Moment = .now()) {
    let files = HostFiles()
    let stamp = "\(directory)/pruned"
    let seconds = Double(now.microseconds) / 1e6
    if let last = files.status(stamp)?.modificationTime, seconds - last < Self.interval, seconds >= last { return }
    guard files.isDirectory("\(directory)/objects"), (try? files.write(stamp, text: "", mode: 0o600)) != nil else {
      return
    }
    var objects: [(path: String, used: Double, size: Int64)] = []
    for part in files.entriesIfPresent("\(directory)/objects") {
      for name in files.entriesIfPresent("\(directory)/objects/\(part)") {
        let path = "\(directory)/objects/\(part)/\(name)"
        guard let status = files.status(path, followingLinks: false) else { continue }
        objects.append((path, status.accessTime, status.size))
      }
    }
    objects.sort { $0.used < $1.used }
    var total = objects.reduce(0) { $0 + $1.size }
    var hasRemoved = false
    for object in objects {
      let age = seconds - object.used
      let isTooMuch = maximumSize > 0 && total > maximumSize && age > Self.recent
      guard age > maximumAge || isTooMuch else { continue }
      unlink(object.path)
      total -= object.size
      hasRemoved = true
    }
    for name in files.entriesIfPresent("\(directory)/partial") {
      let path = "\(directory)/partial/\(name)"
      guard let status = files.status(path, followingLinks: false) else { continue }
      if seconds - status.modificationTime > min(maximumAge, 7 * 86_400) { unlink(path) }
    }
    if hasRemoved { removeDeadLinks("\(directory)/files") }
  }

  private func removeDeadLinks(_ place: String) {
    let files = HostFiles()
    for name in files.entriesIfPresent(place) {
      let path = "\(place)/\(name)"
      switch files.status(path, followingLinks: false)?.kind {
      case .dir?:
        removeDeadLinks(path)
        rmdir(path)
      case .link? where !files.exists(path): unlink(path)
      default: break
      }
    }
  }
}
