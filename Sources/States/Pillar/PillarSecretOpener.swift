import Functions
import OrderedCollections
import Sealing
import Targeting
import Value

/// Decrypts what is encrypted in a merged pillar: PGP messages where a `gpg` renderer or `decrypt_pillar` asks for it, and
/// sealed values wherever they stand. Each ciphertext is decrypted once.
struct PillarSecretOpener {
  /// How many programs run at once.
  private static let width = 4

  private let context: FunctionContext
  private let files: PillarFiles
  private let keyring: PillarKeyring
  private let handling: PillarSecretHandling
  private let minion: String
  private(set) var problems: [PillarProblem] = []
  /// What came of each ciphertext.
  private var opened: [String: Secret] = [:]
  var secrets: [Secret] { Array(opened.values) }

  init(context: FunctionContext, files: PillarFiles, keyring: PillarKeyring, handling: PillarSecretHandling) {
    self.context = context
    self.files = files
    self.keyring = keyring
    self.handling = handling
    minion = (context.options["id"] ?? context.grains["id"] ?? "").description
  }

  mutating func open(_ pillar: ValueMap) async -> ValueMap {
    var pillar = pillar
    markConfigured(&pillar)
    if handling != .withheld {
      var wanted: OrderedDictionary<String, String> = [:]
      gather(.map(pillar), "", &wanted)
      await open(wanted)
    }
    return replaced(.map(pillar)).mapValue ?? [:]
  }

  // MARK: decrypt_pillar

  /// Marks the texts below the paths of `decrypt_pillar`, as the `gpg` renderer does.
  private mutating func markConfigured(_ pillar: inout ValueMap) {
    let delimiter = context.options["decrypt_pillar_delimiter"]?.stringValue?.first ?? ":"
    let standard = context.options["decrypt_pillar_default"]?.stringValue ?? "gpg"
    let allowed = context.options["decrypt_pillar_renderers"]?.listValue?.map(\.description) ?? ["gpg"]
    for (path, renderer) in configured {
      let renderer = renderer ?? standard
      guard renderer == "gpg", allowed.contains(renderer) else {
        problems.append(
          PillarProblem(
            "Failed to decrypt pillar key '\(path)': '\(renderer)' is not a valid decryption renderer. Valid choices "
              + "are: \(allowed.joined(separator: ", "))"))
        continue
      }
      let keys = path.split(separator: delimiter, omittingEmptySubsequences: false).map(String.init)
      if let marked = Self.marked(.map(pillar), keys[...], files.mark)?.mapValue { pillar = marked }
    }
  }

  /// Paths, each with the renderer that it names.
  private var configured: [(path: String, renderer: String?)] {
    let option = context.options["decrypt_pillar"] ?? .null
    let entries = option.listValue ?? option.mapValue.map { [.map($0)] } ?? []
    return entries.flatMap { entry -> [(String, String?)] in
      guard let map = entry.mapValue else { return [(entry.description, nil)] }
      return map.map { ($0.key.description, $0.value.isNull ? nil : $0.value.description) }
    }
  }

  private static func marked(_ value: Value, _ keys: ArraySlice<String>, _ mark: String) -> Value? {
    guard let key = keys.first else { return CipherMarking.mark(value, mark) }
    guard case .map(var map) = value, let inner = map[key], let marked = marked(inner, keys.dropFirst(), mark) else {
      return nil
    }
    map[key] = marked
    return .map(map)
  }

  // MARK: Opening

  /// Finds the ciphertexts, each with the path it stands at first.
  private func gather(_ value: Value, _ path: String, _ wanted: inout OrderedDictionary<String, String>) {
    switch value {
    case .map(let map):
      for (key, inner) in map { gather(inner, path.isEmpty ? key.description : "\(path):\(key)", &wanted) }
    case .list(let items):
      for (index, item) in items.enumerated() { gather(item, "\(path):\(index)", &wanted) }
    case .string(let text):
      for ciphertext in ciphertexts(text) where wanted[ciphertext] == nil { wanted[ciphertext] = path }
    default: return
    }
  }

  private func ciphertexts(_ text: String) -> [String] {
    parts(text)?.compactMap(\.ciphertext) ?? []
  }

  /// The parts of a text in which something is to be decrypted; nil for any other.
  private func parts(_ text: String) -> [CipherText.Part]? {
    let isMarked = text.hasPrefix(files.mark)
    guard isMarked || text.holds(CipherText.sealedBegin) else { return nil }
    let messages = isMarked ? CipherText.parts(String(text.dropFirst(files.mark.count))) : [.plain(text)]
    return messages.flatMap { part -> [CipherText.Part] in
      if case .plain(let plain) = part { CipherText.sealedParts(plain) } else { [part] }
    }
  }

  private mutating func open(_ wanted: OrderedDictionary<String, String>) async {
    let gpg = GPGProgram(context)
    var waiting = wanted.elements[...]
    await withTaskGroup(of: (String, Result<Secret, PillarProblem>).self) { group in
      func start() -> Bool {
        guard let (ciphertext, path) = waiting.popFirst().map({ ($0.key, $0.value) }) else { return false }
        let (files, keyring, minion) = (files, keyring, minion)
        group.addTask {
          do throws(PillarProblem) {
            guard files.holds(ciphertext) else { throw Self.foreign }
            guard SealedPillarValue.isMarked(ciphertext) else {
              return (ciphertext, .success(try await gpg.decrypt(ciphertext)))
            }
            return (ciphertext, .success(try Self.unseal(ciphertext, keyring, minion)))
          } catch {
            return (
              ciphertext,
              .failure(
                PillarProblem(
                  "Failed to decrypt pillar key '\(path)': \(error.message)",
                  summary: "Failed to decrypt pillar key '\(path)': \(error.summary)"))
            )
          }
        }
        return true
      }
      for _ in 0..<Self.width where !start() { break }
      while let (ciphertext, result) = await group.next() {
        switch result {
        case .success(let secret): opened[ciphertext] = secret
        case .failure(let problem): problems.append(problem)
        }
        _ = start()
      }
    }
  }

  private static var foreign: PillarProblem {
    PillarProblem(
      "this ciphertext stands in no file of the pillar. It came out of a grain, an override or a function, and what "
        + "a minion can choose is not decrypted for it.")
  }

  private static func unseal(
    _ text: String, _ keyring: PillarKeyring, _ minion: String
  ) throws(PillarProblem) -> Secret {
    guard let sealed = SealedPillarValue(text) else {
      throw PillarProblem("the sealed value is damaged; was it cut?")
    }
    let secret: Secret
    let audience: String?
    do { (secret, audience) = try keyring.open(sealed) } catch { throw PillarProblem(error.message) }
    if let audience, !Glob(audience).matches(minion) {
      throw PillarProblem("it is sealed for '\(audience)' only, and this minion is '\(minion)'")
    }
    return secret
  }

  // MARK: Replacing

  private func replaced(_ value: Value) -> Value {
    switch value {
    case .map(let map): .map(map.mapValues(replaced))
    case .list(let items): .list(items.map(replaced))
    case .string(let text): replaced(text)
    default: value
    }
  }

  private func replaced(_ text: String) -> Value {
    guard let parts = parts(text) else { return .string(text) }
    let isSecret = parts.contains { $0.ciphertext != nil }
    if isSecret, handling == .withheld { return .null }
    var bytes: [UInt8] = []
    for part in parts {
      switch part {
      case .plain(let plain): bytes += plain.utf8
      case .message(let ciphertext), .sealed(let ciphertext):
        guard let secret = opened[ciphertext] else { return .null }
        bytes += secret.withBytes { $0 }
      }
    }
    if isSecret, handling == .masked { return .string(PillarMask.text) }
    if parts.contains(where: { if case .message = $0 { true } else { false } }) {
      // As Salt: a block of YAML ends with one that nobody means.
      while bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    }
    return Self.value(bytes)
  }

  /// Text where it is text.
  private static func value(_ bytes: [UInt8]) -> Value {
    String(validating: bytes, as: UTF8.self).map(Value.string) ?? .bytes(bytes)
  }
}
