import Glibc
import HostSystem

extension HostFiles {
  /// Makes a symbolic link, in one step in place of a file or link that is there; a directory is never replaced.
  func placeSymbolicLink(_ path: String, to target: String) throws(HostError) {
    guard status(path, followingLinks: false) != nil else { return try makeSymbolicLink(path, to: target) }
    let temporary = "\(path).brine-\(UInt32.random(in: 0 ... .max))"
    try makeSymbolicLink(temporary, to: target)
    do {
      try rename(temporary, to: path)
    } catch {
      try? remove(temporary)
      throw error
    }
  }
}
