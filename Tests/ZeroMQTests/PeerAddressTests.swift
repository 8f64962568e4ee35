import Testing
import ZeroMQ

@Suite struct PeerAddressTests {
  @Test(arguments: [
    ("::ffff:10.0.0.1", "10.0.0.1"), ("10.0.0.1", "10.0.0.1"), ("2001:db8::1", "2001:db8::1"), ("", ""),
    ("::ffff:1", "::ffff:1"),
  ])
  func isWrittenAsPeopleDo(_ seen: String, _ text: String) { #expect(PeerAddress.text(seen) == text) }
}
