import OrderedCollections
import Testing
import Value
import Wire

@Suite struct PillarQueryTests {
  @Test func survivesTheWire() throws {
    let id = try #require(MinionID("web1"))
    let environment = try #require(EnvironmentName("feature/x"))
    for query in [
      PillarQuery(minion: id),
      PillarQuery(minion: id, keys: ["a:b", ""], environment: environment, opensSecrets: true),
    ] {
      let request = OperatorRequest(number: 7, action: .showPillar(query))
      #expect(try OperatorRequest(decoding: request.encoded()).action == request.action)
    }
  }

  @Test(
    arguments: [
      ["minion": "../x"], ["minion": "web1", "pillarenv": "../x"], ["minion": "web1", "keys": [1]], [:],
    ] as [Value])
  func otherTextsAreRefused(_ fields: Value) throws {
    var fields = fields.mapValue ?? [:]
    fields["number"] = 7
    let bytes = MessagePackWriter.encode(.list([1, 30, .map(fields)]))
    #expect(throws: WireError.self) { try OperatorRequest(decoding: bytes) }
  }
}
