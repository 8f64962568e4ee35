import Testing
import Value

@testable import Functions

@Suite struct SecretRedactionTests {
  private static let redaction = SecretRedaction([
    "correcthorse", "correcthorsebattery\n", "it's \"so\"\\", "tiny", "12345678",
    "-----BEGIN KEY-----\n  bGluZSBvbmU=\n\nbGluZSB0d28=\n-----END KEY-----\n",
  ])

  @Test(arguments: [
    ("nothing of it", "nothing of it"), ("", ""), ("correcthors", "correcthors"),
    ("correcthorse", "**********"), ("a correcthorsebattery, a correcthorse.", "a **********, a **********."),
    ("correcthorsecorrecthorse", "********************"),
    // As texts quote it: JSON, Python, YAML.
    (#"{"a": "it's \"so\"\\"}"#, #"{"a": "**********"}"#), (#"'it\'s "so"\'"#, "'**********'"),
    (#"'it''s "so"\'"#, "'**********'"),
    // Short ones would be found everywhere.
    ("tiny", "tiny"),
    ("-----BEGIN KEY-----\n+bGluZSBvbmU=\n", "-----BEGIN KEY-----\n+**********\n"), ("bGluZSB0d28=", "**********"),
    ("port 12345678", "port **********"), ("\u{e4}correcthorse\u{e4}", "\u{e4}**********\u{e4}"),
  ])
  func texts(_ text: String, _ wanted: String) {
    #expect(Self.redaction.redacted(text) == wanted)
    #expect(SecretRedaction([]).redacted(text) == text)
  }

  @Test func values() {
    let value: Value = [
      "cmd_|-echo correcthorse_|-run": ["changes": [.bytes(Array("x correcthorse".utf8)), 12_345_678, 1, true, .null]],
      "cmd_|-echo correcthorsebattery_|-run": ["comment": "12345678"], "plain": 1.5,
    ]
    #expect(
      Self.redaction.redacted(value) == [
        "cmd_|-echo **********_|-run": ["changes": [.bytes(Array("x **********".utf8)), "**********", 1, true, .null]],
        "cmd_|-echo **********_|-run (2)": ["comment": "**********"], "plain": 1.5,
      ])
    #expect(SecretRedaction(["", "\n", "-----"]).redacted(value) == value)
  }
}
