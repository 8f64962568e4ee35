import Glibc

/// Which socket a connection is: a descriptor's number may belong to another one soon, its inode does not.
public struct ConnectionIdentity: Sendable, Hashable {
  public var descriptor: Int32
  public var inode: UInt64

  public init(descriptor: Int32, inode: UInt64) {
    self.descriptor = descriptor
    self.inode = inode
  }

  /// The open socket of a descriptor; nil when there is none.
  init?(_ descriptor: Int32) {
    var status = stat()
    guard descriptor >= 0, fstat(descriptor, &status) == 0 else { return nil }
    self.init(descriptor: descriptor, inode: UInt64(status.st_ino))
  }

  var isOpen: Bool { ConnectionIdentity(descriptor) == self }

  /// Ends the connection, if it is still there.
  func cutOff() {
    if isOpen { shutdown(descriptor, Int32(SHUT_RDWR)) }
  }
}
