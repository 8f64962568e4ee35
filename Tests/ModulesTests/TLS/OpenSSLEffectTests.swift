import Functions
import Testing

@testable import Modules

/// What maps the host's OpenSSL runs in a process of its own: the daemon would have to be restarted after each update.
@Suite struct OpenSSLEffectTests {
  @Test func nothingThatNeedsOpenSSLRunsInTheDaemon() {
    let functions = BuiltInFunctions.registry.names.filter { $0.hasPrefix("tls.") || $0.hasPrefix("x509.") }
    #expect(functions.count >= 3)
    for name in functions {
      #expect(BuiltInFunctions.registry[name]?.signature.effect != .read, "\(name)")
    }
  }
}
