import CZeroMQ
import Glibc

/// What libzmq refused, on which endpoint.
public struct ZMQError: Error, Sendable, CustomStringConvertible {
  /// The system's or libzmq's error number.
  public var number: Int32
  public var message: String

  init(_ action: String) {
    number = zmq_errno()
    message = "cannot \(action): \(String(cString: zmq_strerror(number)))"
  }

  public var description: String { message }
  public var isAddressInUse: Bool { number == EADDRINUSE }
}
