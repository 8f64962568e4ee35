import Testing
import Value

@Suite struct Base64Tests {
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
  ])
  func examplesOfTheStandard(text: String, encoded: String) {
    #expect(Base64.text(text.utf8) == encoded)
    #expect(Base64.bytes(of: encoded) == Array(text.utf8))
    #expect(Base64.decodeStrictly(Array(encoded.utf8)) == Array(text.utf8))
  }

  @Test func allBytesComeBack() {
    let bytes = Array(UInt8.min...UInt8.max)
    #expect(Base64.bytes(of: Base64.text(bytes)) == bytes)
    #expect(Base64.lines(bytes).split(separator: "\n").map(\.count) == [76, 76, 76, 76, 40])
    #expect(Base64.bytes(of: Base64.lines(bytes, width: 64)) == bytes)
    #expect(Base64.lines([]).isEmpty)
  }

  /// What Python's `base64.b64decode` gives.
  @Test(
    arguments: [
      ("Zm 9v\n!", "foo", nil), ("Zg==Zm9v", "f", nil), ("Zm=9v", "foo", nil), ("Zg", "f", "Incorrect padding"),
      ("Zm8", "fo", "Incorrect padding"), ("=", "", nil),
      (
        "Zm9vY", "foo",
        "Invalid base64-encoded string: number of data characters (5) cannot be 1 more than a multiple of 4"
      ),
    ] as [(String, String, String?)])
  func readsAsPython(text: String, decoded: String, problem: String?) {
    let result = Base64.decode(text.utf8)
    #expect(result.bytes == Array(decoded.utf8))
    #expect(result.problem == problem)
  }

  @Test(arguments: ["Zg", "Zm9v\n", "Zm*v", "Z===", "====", "Zg==Zm9v", "=Zg="])
  func strictlyOnlyWholeTextsAreRead(_ text: String) { #expect(Base64.decodeStrictly(Array(text.utf8)) == nil) }
}
