import HostSystem

/// What the files of the pillar looked like: another value when one was added, removed or written.
struct PillarStamp: Sendable, Hashable {
  /// More than this many files are not looked at: then nothing is kept.
  private static let countLimit = 100_000
  private static let depthLimit = 64

  private let value: Int

  /// - Parameter generation: another one when the configuration was read again.
  /// - Returns: nil when there is too much to look at.
  static func of(_ directories: [String], generation: Int) -> PillarStamp? {
    var hasher = Hasher()
    hasher.combine(generation)
    var count = 0
    for directory in directories {
      hasher.combine(directory)
      guard walk(directory, depth: 0, &hasher, &count) else { return nil }
    }
    return PillarStamp(value: hasher.finalize())
  }

  private static func walk(_ directory: String, depth: Int, _ hasher: inout Hasher, _ count: inout Int) -> Bool {
    guard depth < depthLimit else { return false }
    let files = HostFiles()
    for name in files.entriesIfPresent(directory) {
      count += 1
      guard count < countLimit else { return false }
      let path = "\(directory)/\(name)"
      guard let status = files.status(path) else { continue }
      hasher.combine(name)
      if status.kind == .dir {
        guard walk(path, depth: depth + 1, &hasher, &count) else { return false }
      } else {
        hasher.combine(status.size)
        hasher.combine(status.inode)
        hasher.combine(status.changeTime)
      }
    }
    return true
  }
}
