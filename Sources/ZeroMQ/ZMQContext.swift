import CZeroMQ

/// A libzmq context: its I/O thread and the sockets made in it. Sockets keep it alive, so it ends when the last is closed.
///
/// `@unchecked Sendable`: a context may be used from any thread (zmq_ctx_new(3)); the pointer never changes.
public final class ZMQContext: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer

  /// - Parameter maximumSockets: libzmq's own bound, 1,023 unless told; a simulated fleet needs more.
  public init(maximumSockets: Int32 = 1023, ioThreads: Int32 = 1) {
    guard let pointer = zmq_ctx_new() else { preconditionFailure("zmq_ctx_new: out of memory") }
    self.pointer = pointer
    zmq_ctx_set(pointer, ZMQ_MAX_SOCKETS, maximumSockets)
    zmq_ctx_set(pointer, ZMQ_IO_THREADS, ioThreads)
    // Never wait for unsent messages when a socket closes; what must not be lost is on disk.
    zmq_ctx_set(pointer, ZMQ_BLOCKY, 0)
  }

  deinit { zmq_ctx_term(pointer) }
}
