import Functions
import OpenSSL
import Value

extension StateFunction {
  /// A state that stands on OpenSSL: what that refuses becomes a result that is false.
  static func x509(
    _ name: String, _ summary: String, details: String, parameters: [Parameter], body: @escaping Body
  ) -> StateFunction {
    StateFunction.file(name, summary, details: details, parameters: parameters) { arguments, context in
      do { return try await body(arguments, context) } catch let error as OpenSSLError {
        throw FunctionError(error)
      } catch let error as RandomnessError { throw FunctionError(.failed, "\(error)") }
    }
  }
}
