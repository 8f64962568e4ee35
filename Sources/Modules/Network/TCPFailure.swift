import HostSystem

/// A connection that the kernel gave up.
struct TCPFailure: Error, CustomStringConvertible {
  /// An error number of the system.
  var number: Int32

  var description: String { HostError.text(of: number) }
}
