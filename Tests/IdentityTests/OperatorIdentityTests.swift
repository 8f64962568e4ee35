import HostSystem
import HostSystemTesting
import Identity
import OrderedCollections
import Sealing
import Testing
import Value
import ZeroMQ

@Suite struct OperatorIdentityTests {
  private let directory: TemporaryDirectory
  private let files = HostFiles()
  private let identity = OperatorIdentity.generate(
    name: "anna", endpoint: "tcp://master:4512", masterKey: CurveKeyPair.generate().publicKey)
  private var path: String { directory.path("operator.key") }

  init() throws { directory = try TemporaryDirectory() }

  private func refusal() -> HostError? {
    do { _ = try OperatorIdentity.load(path) } catch { return error }
    return nil
  }

  @Test func comesBackWhole() throws {
    try identity.save(path)
    #expect(files.status(path)?.mode == 0o600)
    let read = try OperatorIdentity.load(path)
    #expect(read.name == "anna")
    #expect(read.endpoint == "tcp://master:4512")
    #expect(read.masterKey == identity.masterKey)
    #expect(read.keys.publicKey == identity.keys.publicKey)
    #expect(read.keys.secretKey.isEqual(to: identity.keys.secretKey))
    #expect(read.sealingKey.publicKey == identity.sealingKey.publicKey)
    #expect(read.sealingKey.rawBytes.isEqual(to: identity.sealingKey.rawBytes))
  }

  @Test func secretsAreNotPrinted() throws {
    try identity.save(path)
    let secret = try #require(JSONParser.parse(files.readText(path))["secret_key"]?.stringValue)
    #expect(!"\(identity)".contains(secret))
    #expect(!String(reflecting: identity).contains(secret))
  }

  @Test func aMissingFileIsNamed() {
    #expect(refusal()?.code == .notFound)
    #expect(refusal()?.message == "there is no operator key at \(path)")
  }

  @Test(arguments: [0o644, 0o640, 0o604, 0o660, 0o601, 0o777] as [UInt32])
  func aFileThatOthersCanReadIsRefused(_ mode: UInt32) throws {
    try identity.save(path)
    try files.write(path, try files.read(path), mode: mode)
    #expect(refusal()?.code == .permissionDenied)
    #expect(refusal()?.message.contains("chmod 600 \(path)") == true)
  }

  @Test func aDamagedFileIsRefused() throws {
    try identity.save(path)
    let text = try files.readText(path)
    for length in stride(from: 0, to: text.utf8.count - 3, by: 7) {
      try files.write(path, text: String(text.prefix(length)))
      #expect(refusal()?.code == .invalid, "\(length) bytes")
    }
    var fields = try #require(JSONParser.parse(text).mapValue)
    for name in fields.keys.map(\.description) {
      let kept = fields[name]
      fields[name] = "no"
      try files.write(path, text: JSONWriter.compact(.map(fields)))
      // A name and an address are any text; keys are not.
      #expect((refusal()?.code == .invalid) == name.hasSuffix("key"), "\(name)")
      fields[name] = nil
      try files.write(path, text: JSONWriter.compact(.map(fields)))
      #expect(refusal()?.code == .invalid, "without \(name)")
      fields[name] = kept
    }
  }

  @Test func aHugeFileIsNotRead() throws {
    try files.write(path, [UInt8](repeating: 0x20, count: 20_000), mode: 0o600)
    #expect(refusal()?.code == .tooLarge)
  }

  @Test func theOperatorsWordComesOutAsItWentIn() throws {
    let word = OperatorWord(identity)
    let read = try #require(OperatorWord(word.text))
    #expect(read.publicKey == identity.keys.publicKey)
    #expect(read.sealingKey == identity.sealingKey.publicKey)
    for length in 0..<word.text.count { #expect(OperatorWord(String(word.text.prefix(length))) == nil, "\(length)") }
    for text in [word.text + "A", " " + word.text, "brine1-" + word.text.dropFirst(16), "brine-operator1-!!!!"] {
      #expect(OperatorWord(text) == nil)
    }
  }
}
