import Value

/// What is read is written and read back the same. An infinite number is written as a text.
struct JSONSubject: FuzzSubject {
  let seeds = [
    #"{"a": [1, -2.5e10, true, false, null, "x\u00e9\ud83d\ude00\n"], "b": {"c": {}}, "d": []}"#,
    #"[[[[[[1e-5]]]]], "0644", 9223372036854775807, 18446744073709551615, 0.1]"#,
  ]
  let tokens = [
    "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\udc00", "-", "+", ".", "e", "E", "0", "1", "true",
    "null", "false", "NaN", " ", "\n", "\u{0}", "{\"a\":", "[[[[", "9999999999999999999", "é", "😀",
  ]

  func input(fromCase text: CorpusText) -> [UInt8]? { text.kind == .json ? Array(text.text.utf8) : nil }

  func run(_ input: [UInt8]) async -> FuzzOutcome {
    do {
      let value = try JSONParser.parse(input, limits: .fuzz)
      let written = JSONWriter.compact(value)
      guard let again = try? JSONParser.parse(written) else { return .wrong("its own JSON is refused: \(written)") }
      return JSONWriter.compact(again) == written ? .accepted : .wrong("read back differently: \(written)")
    } catch {
      return error.line < 1 || error.column < 1 ? .wrong("no place: \(error)") : .refused(error.message)
    }
  }
}
