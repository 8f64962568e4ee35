import OrderedCollections
import Testing
import Value
import Wire

@Suite struct MessageTests {
  /// A message's bytes taken apart.
  private func parts(_ bytes: [UInt8]) throws -> (kind: Int64, fields: ValueMap) {
    let list = try #require(MessagePackReader.decode(bytes).listValue)
    return (try #require(list[1].intValue), try #require(list[2].mapValue))
  }

  private func message(version: Value = 1, kind: Value, _ fields: Value) -> [UInt8] {
    MessagePackWriter.encode([version, kind, fields])
  }

  private func code(of sample: WireSamples.Sample, _ bytes: [UInt8]) -> WireError.Code? {
    do { _ = try sample.decode(bytes) } catch { return error.code }
    return nil
  }

  @Test func thereIsASampleOfEveryKind() {
    let kinds = Dictionary(grouping: WireSamples.all, by: { $0.name.prefix { $0 != " " } }).mapValues(\.count)
    #expect(
      kinds == [
        "MinionMessage": 15, "MasterMessage": 16, "OperatorRequest": 28, "OperatorReply": 3, "EnrolRequest": 1,
        "EnrolReply": 1,
      ])
    #expect(Set(WireSamples.all.map(\.name)).count == 62, "two kinds have one number")
  }

  @Test(arguments: WireSamples.all)
  func comesOutAsItWentIn(_ sample: WireSamples.Sample) throws {
    let decoded = try sample.decode(sample.bytes)
    #expect(decoded.text == sample.original)
    #expect(decoded.encoded == sample.bytes)
  }

  @Test(arguments: WireSamples.all)
  func cutAtAnyByteIsRefused(_ sample: WireSamples.Sample) {
    for length in 0..<sample.bytes.count {
      #expect(code(of: sample, Array(sample.bytes.prefix(length))) == .malformed, "\(length) bytes")
    }
    #expect(code(of: sample, sample.bytes + [0]) == .malformed, "a byte too many")
  }

  @Test(arguments: WireSamples.all)
  func unknownFieldsAreIgnored(_ sample: WireSamples.Sample) throws {
    var (kind, fields) = try parts(sample.bytes)
    fields["a_field_of_a_newer_version"] = ["nested": [1, 2]]
    #expect(try sample.decode(message(kind: .int(kind), .map(fields))).text == sample.original)
  }

  @Test(arguments: WireSamples.all)
  func unknownKindsAndVersionsAreRefused(_ sample: WireSamples.Sample) throws {
    let (kind, fields) = try parts(sample.bytes)
    for unknown: Int64 in [0, -1, 21, 1_000_000, .max, .min] {
      #expect(code(of: sample, message(kind: .int(unknown), .map(fields))) == .unknownKind, "\(unknown)")
    }
    for version: Int64 in [0, 2, -1, .max] {
      let bytes = message(version: .int(version), kind: .int(kind), .map(fields))
      #expect(code(of: sample, bytes) == .unknownVersion, "\(version)")
    }
  }

  @Test(arguments: WireSamples.all)
  func anotherShapeIsRefused(_ sample: WireSamples.Sample) throws {
    let (kind, fields) = try parts(sample.bytes)
    let shapes: [Value] = [
      .null, true, 1, "text", [], [1], [1, .int(kind)], ["kind": .int(kind)], ["1", .int(kind), .map(fields)],
      [1, .string("\(kind)"), .map(fields)], [1, .int(kind), .list([])], [1, .int(kind), .null],
      [.double(1), .int(kind), .map(fields)],
    ]
    for shape in shapes { #expect(code(of: sample, MessagePackWriter.encode(shape)) == .malformed, "\(shape)") }
  }

  @Test(arguments: WireSamples.all)
  func fieldsOfAnotherTypeAreRefused(_ sample: WireSamples.Sample) throws {
    let (kind, fields) = try parts(sample.bytes)
    // What a function returns may be anything.
    for name in fields.keys.map(\.description)
    where !(name == "value" && sample.name.hasPrefix("OperatorReply")) && !(name == "data" && kind == 9) {
      var wrong = fields
      wrong[name] = 1.5
      #expect(code(of: sample, message(kind: .int(kind), .map(wrong))) == .badField, "\(name)")
    }
  }

  /// What may be left out: lists, maps and flags that are empty then, and what is optional by its nature.
  private static let optionalFields: Set<String> = [
    "held", "running", "arg", "kwarg", "seal", "test", "subset", "value", "error", "grains", "jobs", "wants_grains",
    "invitation", "globs", "keys", "active", "tickets", "ticket", "known", "after", "below", "more", "content",
    "pillar", "pillarenv", "override", "saltenv", "entries", "names", "data", "secrets",
  ]

  /// Fields that are optional elsewhere.
  private static let required: Set<String> = ["OperatorRequest 15: seal"]

  @Test(arguments: WireSamples.all)
  func requiredFieldsAreRequired(_ sample: WireSamples.Sample) throws {
    let (kind, fields) = try parts(sample.bytes)
    for name in fields.keys.map(\.description) {
      var without = fields
      without[name] = nil
      let isOptional = Self.optionalFields.contains(name) && !Self.required.contains("\(sample.name): \(name)")
      let expected: WireError.Code? = isOptional ? nil : .badField
      #expect(code(of: sample, message(kind: .int(kind), .map(without))) == expected, "\(name)")
      without[name] = .null
      #expect(code(of: sample, message(kind: .int(kind), .map(without))) == expected, "\(name) is null")
    }
  }

  @Test func oversizedIsRefusedBeforeItIsRead() throws {
    var seen: Set<Int> = []
    for sample in WireSamples.all where seen.insert(sample.maximumSize).inserted {
      // Valid MessagePack of a message, but too long.
      let bytes = message(kind: 1, ["padding": .bytes([UInt8](repeating: 0, count: sample.maximumSize))])
      #expect(throws: WireError(.malformed, "\(bytes.count) bytes, over the limit of \(sample.maximumSize)")) {
        try sample.decode(bytes)
      }
    }
    #expect(seen.count == 5)
  }

  @Test func deepNestingIsRefused() throws {
    func nested(_ depth: Int) -> [UInt8] {
      MinionMessage.grains(["deep": (0..<depth).reduce(Value.int(1)) { value, _ in [value] }]).encoded()
    }
    #expect(throws: Never.self) { try MinionMessage(decoding: nested(30)) }
    #expect(throws: WireError.self) { try MinionMessage(decoding: nested(50)) }
    // A hundred thousand opening brackets in few bytes.
    #expect(throws: WireError.self) {
      try EnrolRequest(decoding: [0x93, 1, 1] + [UInt8](repeating: 0x91, count: 2000))
    }
    #expect(throws: WireError.self) {
      try MinionMessage(decoding: [0x93, 1, 1] + [UInt8](repeating: 0x91, count: 1 << 20))
    }
  }

  @Test func countsThatAreNotThereTakeNoMemory() {
    // A list and a map of 4,294,967,295 entries, and a byte string of 4 GiB, of which not one byte follows.
    for head: [UInt8] in [[0xDD, 255, 255, 255, 255], [0xDF, 255, 255, 255, 255], [0xC6, 255, 255, 255, 255]] {
      #expect(throws: WireError.self) { try MasterMessage(decoding: head) }
      #expect(throws: WireError.self) { try MinionMessage(decoding: [0x93, 1, 3] + head) }
    }
  }

  @Test func aMessageForAnotherSocketIsRefused() throws {
    let id = try #require(MinionID("web1"))
    let enrol = WireSamples.enrolRequest(id).encoded()
    #expect(throws: WireError.self) { try MinionMessage(decoding: enrol) }
    #expect(throws: WireError.self) { try OperatorRequest(decoding: enrol) }
    #expect(throws: WireError.self) { try EnrolRequest(decoding: WireSamples.minion[0].encoded()) }
    #expect(throws: WireError.self) { try EnrolRequest(decoding: WireSamples.operatorRequests[2].encoded()) }
    #expect(throws: WireError.self) { try OperatorRequest(decoding: WireSamples.minion[6].encoded()) }
  }

  @Test(arguments: [-1, 31_536_001, Int64.max, Int64.min])
  func aJobsTimesAreBounded(_ seconds: Int64) throws {
    var fields = WireSamples.request.fields
    fields["expires"] = .int(seconds)
    #expect(throws: WireError(.badField, "'expires' is 0 s to a year")) { try JobRequest(FieldReader(fields)) }
    fields = WireSamples.request.fields
    fields["deadline"] = .int(seconds)
    #expect(throws: WireError(.badField, "'deadline' is 0 s to a year")) { try JobRequest(FieldReader(fields)) }
  }

  @Test func textsAreBounded() throws {
    var fields = WireSamples.order.fields
    fields["fun"] = .string(String(repeating: "x", count: 257))
    #expect(throws: WireError(.badField, "'fun' is longer than 256 bytes")) { try JobOrder(FieldReader(fields)) }
    // Bytes count, not characters.
    fields["fun"] = .string(String(repeating: "é", count: 129))
    #expect(throws: WireError.self) { try JobOrder(FieldReader(fields)) }
    #expect(throws: WireError.self) {
      try MinionMessage(
        decoding: MinionMessage.progress(WireSamples.job, String(repeating: "x", count: 4097)).encoded())
    }
    #expect(throws: WireError.self) {
      try TargetSpecification(["kind": "glob", "expression": .string(String(repeating: "x", count: 1 << 20 | 1))])
    }
  }

  /// Whoever sends a request that cannot be read is told by its number, and does not wait for ever.
  @Test func numberOfWhatCannotBeRead() {
    let cases: [(Value, Int64)] = [
      ([1, 99, ["number": 7]], 7), ([9, 1, ["number": 7]], 7), ([1, 8, ["number": 3, "job": "x"]], 3),
      ([1, 1, ["number": "7"]], 0), ([1, 1], 0), ([1, 1, [7]], 0), ("x", 0),
    ]
    for (value, number) in cases {
      let bytes = MessagePackWriter.encode(value)
      #expect(throws: WireError.self) { try OperatorRequest(decoding: bytes) }
      #expect(OperatorRequest.number(ofUnreadable: bytes) == number, "\(value)")
    }
    for bytes: [UInt8] in [[], [0xC1], [0x93, 0x01]] { #expect(OperatorRequest.number(ofUnreadable: bytes) == 0) }
  }
}
