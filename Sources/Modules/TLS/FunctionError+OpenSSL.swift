import Functions
import OpenSSL

extension FunctionError {
  /// What OpenSSL did not do, as a function tells it.
  init(_ error: OpenSSLError) { self.init(error.code == .unavailable ? .unavailable : .failed, error.message) }
}
