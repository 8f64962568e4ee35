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

  /// What a secret took the place of is most likely the one before it.
  @Test func whatWasThereBefore() {
    let diff = "--- \n+++ \n@@ -1,3 +1,3 @@\n same\n-old-secret\n-- x\n+correcthorse\n"
    let value: Value = [
      "diff": .string(diff), "password": ["old": "old-secret", "new": "correcthorse"],
      "ini": ["before": "old-secret", "after": "x correcthorse"], "port": ["old": "80", "new": "81"],
      "first": ["old": "", "new": "correcthorse"], "other": "--- \n+++ \n@@ -1 +1 @@\n-old\n+new\n",
    ]
    #expect(
      Self.redaction.redacted(value) == [
        "diff": "--- \n+++ \n@@ -1,3 +1,3 @@\n **********\n-**********\n-**********\n+**********\n",
        "password": ["old": "**********", "new": "**********"],
        "ini": ["before": "**********", "after": "x **********"], "port": ["old": "80", "new": "81"],
        "first": ["old": "", "new": "**********"], "other": "--- \n+++ \n@@ -1 +1 @@\n-old\n+new\n",
      ])
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
