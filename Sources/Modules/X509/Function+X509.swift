import Functions
import HostSystem
import OpenSSL
import Value

extension Function {
  /// A function that stands on OpenSSL: what that refuses becomes a `FunctionError`. None of them is `.read`: they would
  /// run in the daemon, which must not map the host's OpenSSL.
  static func x509(
    _ name: String, _ summary: String, details: String, effect: FunctionEffect, parameters: [Parameter],
    body: @escaping Body
  ) -> Function {
    Function.guarded(name, summary, details: details, effect: effect, parameters: parameters) { arguments, context in
      do { return try await body(arguments, context) } catch let error as OpenSSLError { throw FunctionError(error) }
    }
  }
}
