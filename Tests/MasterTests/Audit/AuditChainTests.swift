import Master
import OrderedCollections
import Testing
import Value
import Wire

@Suite struct AuditChainTests {
  private static let now = Moment(microseconds: 1_795_521_600_000_000)
  private let lines: [String]

  init() {
    var chain = AuditChain()
    lines = (1...5).map { number in
      chain.append(who: "anna", what: "job.run", details: ["n": .int(number), "text": "a\nb \"c\""], now: Self.now)
    }
  }

  /// What is wrong with the lines; nil when nothing.
  private func fault(_ lines: [String]) -> String? {
    var chain = AuditChain()
    return lines.lazy.compactMap { chain.verify($0) }.first
  }

  @Test func aWholeChainIsIntact() {
    var chain = AuditChain()
    for line in lines {
      #expect(chain.verify(line) == nil)
      #expect(!line.contains("\n"), "one entry is one line")
    }
    #expect(chain.count == 5)
  }

  @Test func entriesSayWhoDidWhatWhen() throws {
    let entry = try JSONParser.parse(lines[0])
    #expect(entry["who"] == "anna")
    #expect(entry["what"] == "job.run")
    #expect(entry["time"] == "2026-11-24T12:00:00Z")
    #expect(entry["n"] == 1)
    #expect(entry["previous"] == .string(String(repeating: "0", count: 64)))
    #expect(entry["details"]?["text"] == "a\nb \"c\"")
  }

  @Test func aChangedLineIsFound() {
    for index in lines.indices.dropLast() {
      var changed = lines
      changed[index] = changed[index].replacing("anna", with: "eve!")
      #expect(fault(changed) == "line \(index + 2) does not follow line \(index + 1): one of them was changed")
    }
  }

  @Test func anyChangedByteIsFound() {
    // The line that follows gives a change away, however it reads.
    let bytes = Array(lines[2].utf8)
    for place in bytes.indices {
      var changed = bytes
      changed[place] = changed[place] == UInt8(ascii: "x") ? UInt8(ascii: "y") : UInt8(ascii: "x")
      #expect(fault([lines[0], lines[1], String(decoding: changed, as: UTF8.self), lines[3]]) != nil, "byte \(place)")
    }
  }

  @Test func aRemovedLineIsFound() {
    for index in lines.indices.dropLast() {
      var shorter = lines
      shorter.remove(at: index)
      let expected = "line \(index + 1) has the number \(index + 2): a line is missing or was added"
      #expect(fault(shorter) == expected)
    }
  }

  @Test func anAddedOrMovedLineIsFound() {
    #expect(fault(lines + [lines[4]]) != nil)
    #expect(fault([lines[0], lines[0]]) != nil)
    #expect(fault([lines[1], lines[0]] + lines[2...]) != nil)
    #expect(fault([lines[0], ""] + lines[1...]) == "line 2 is not JSON")
    #expect(fault([lines[0], "{}"]) == "line 2 has the number None: a line is missing or was added")
  }

  /// A forger who numbers the lines anew still has the wrong hash.
  @Test func aRenumberedLineIsFound() {
    let forged = lines[2].replacing("\"n\":3", with: "\"n\":2")
    #expect(forged != lines[2])
    #expect(fault([lines[0], forged]) == "line 2 does not follow line 1: one of them was changed")
  }

  @Test func theHeadTellsWhetherTheEndWasCut() {
    var (whole, cut) = (AuditChain(), AuditChain())
    for line in lines { _ = whole.verify(line) }
    for line in lines.dropLast() { _ = cut.verify(line) }
    #expect(whole.head != cut.head)
    #expect(whole.head.count == 64)
  }
}
