/// What `lstat` or `stat` says of a file.
public struct FileStatus: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable {
    case file, dir, link, block, char, pipe, socket
  }

  public var kind: Kind
  /// Permission bits with setuid, setgid and sticky (0o7777).
  public var mode: UInt32
  public var uid: UInt32
  public var gid: UInt32
  public var size: Int64
  public var inode: UInt64
  public var device: UInt64
  public var links: UInt64
  /// Seconds since the epoch, with fractions.
  public var accessTime: Double
  public var modificationTime: Double
  public var changeTime: Double
}
