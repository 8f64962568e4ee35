import Value

/// What is read is written and read back the same.
struct MessagePackSubject: FuzzSubject {
  let seeds = ["\u{0}", "a"]
  let tokens = ["\u{0}", "\u{1}", "\u{7f}", "a", "\u{80}", "\u{c0}", "\u{e0}", "\u{ff}"]

  func input(fromCase text: CorpusText) -> [UInt8]? {
    guard text.kind == .json, let value = try? JSONParser.parse(text.text) else { return nil }
    return MessagePackWriter.encode(value)
  }

  func run(_ input: [UInt8]) async -> FuzzOutcome {
    do {
      let encoded = MessagePackWriter.encode(try MessagePackReader.decode(input, limits: .fuzz))
      guard let again = try? MessagePackReader.decode(encoded) else { return .wrong("its own message is refused") }
      return MessagePackWriter.encode(again) == encoded ? .accepted : .wrong("read back differently")
    } catch {
      return .refused(error.description)
    }
  }
}
