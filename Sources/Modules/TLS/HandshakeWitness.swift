import NIOCore
import NIOTLS

/// Waits for the end of the handshake, and hands over what the server presented in it.
final class HandshakeWitness: ChannelInboundHandler {
  typealias InboundIn = NIOAny

  private let seen: PresentedChain
  private let promise: EventLoopPromise<[UInt8]>

  init(_ seen: PresentedChain, _ promise: EventLoopPromise<[UInt8]>) {
    self.seen = seen
    self.promise = promise
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .handshakeCompleted? = event as? TLSUserEvent {
      if let der = seen.der { promise.succeed(der) } else { promise.fail(HandshakeFailure.noCertificate) }
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    promise.fail(error)
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    promise.fail(HandshakeFailure.closed)
    context.fireChannelInactive()
  }
}
