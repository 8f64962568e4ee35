import TestSupport
import Testing
import Value

/// Fifty thousand damaged texts and messages: none may crash or hang a parser, and what is accepted is written and read
/// back the same.
@Suite struct MutationTests {
  private static let sample: Value = [
    "web1": ["pkgs": ["nginx", "libssl3"], "empty": [], "none": .null, "n": [1, -200, 70000, 1.5, true]],
    "text": "one\n  two 'three' \"é😀\"\n", "mode": "0644", "bytes": .bytes([0, 1, 255]), "deep": [[[["x": [:]]]]],
  ]
  private static let limits = ValueLimits(depth: 16, bytes: 4096, count: 1000)

  @Test func messagePack() {
    var generator = SeededGenerator(seed: 1)
    let original = MessagePackWriter.encode(Self.sample)
    let favourites: [UInt8] = [
      0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xc1, 0xc4, 0xc6, 0xc7, 0xcb, 0xcf, 0xdb, 0xdd, 0xdf, 0xff,
    ]
    var accepted = 0
    for _ in 0..<20_000 {
      let bytes = generator.mutated(original, favouring: favourites)
      guard let value = try? MessagePackReader.decode(bytes, limits: Self.limits) else { continue }
      accepted += 1
      let again = MessagePackWriter.encode(value)
      #expect((try? MessagePackReader.decode(again)).map(MessagePackWriter.encode) == again, "\(bytes)")
    }
    #expect(accepted > 0)
  }

  @Test func json() {
    var generator = SeededGenerator(seed: 2)
    let original = Array(JSONWriter.pretty(Self.sample).utf8)
    let favourites = Array("{}[]\",:\\u-+.eE019tfn \n".utf8)
    var accepted = 0
    for _ in 0..<20_000 {
      let bytes = generator.mutated(original, favouring: favourites)
      guard let value = try? JSONParser.parse(bytes, limits: Self.limits) else { continue }
      accepted += 1
      #expect((try? JSONParser.parse(JSONWriter.compact(value))) == value, "\(bytes)")
    }
    #expect(accepted > 0)
  }

  @Test func yaml() {
    var generator = SeededGenerator(seed: 3)
    let original = Array(
      """
      base: &base {a: 1, b: [x, 'y', "z\\t"]}
      top:
        <<: *base
        c: |
          text
           more
        d: >-
          folded
        ? key
        : - 1
          - !!int 12
        e: 12:30 # comment
      """.utf8)
    let favourites = Array("{}[]\"',:?&*!|>%@#-<=~ \n\t\\\u{85}".utf8)
    var accepted = 0
    for _ in 0..<20_000 {
      let bytes = generator.mutated(original, favouring: favourites)
      let text = String(decoding: bytes, as: UTF8.self)
      guard let value = try? YAMLParser.value(of: text, limits: Self.limits) else { continue }
      accepted += 1
      let written = YAMLWriter.write(value)
      #expect((try? YAMLParser.value(of: written)).map(YAMLWriter.write) == written, "\(text.debugDescription)")
    }
    #expect(accepted > 0)
  }
}
