import Functions
import HostSystem
import Value

/// The signatures that a state asks for (`signature`, `source_hash_sig`), verified with gpg(1).
struct SignatureCheck: Sendable {
  static let parameters: [Parameter] = [
    .optional("signature", .any, "True: the source has its signature inside. Else the source's detached signature."),
    .optional("source_hash_sig", .any, "The same for the file that `source_hash` names."),
    .optional("signed_by_any", .stringList, "Fingerprints of keys; one of them has to have signed."),
    .optional("signed_by_all", .stringList, "Fingerprints of keys; each of them has to have signed."),
    .optional("keyring", .string, "The file with the keys, instead of the user's keyring."),
    .optional("gnupghome", .string, "GnuPG's directory; that of the minion's user without."),
    .optional("sig_backend", .string, default: "gpg", "How signatures are verified: gpg.", choices: ["gpg"]),
  ]

  private static let keyrings: [String] = ["keyring", "gnupghome"]

  private let signature: Value
  private let hashSignature: Value
  private let anyOf: [String]
  private let allOf: [String]
  private let options: [String]
  private let finder: SourceFinder

  init(_ arguments: Arguments, _ context: StateContext) throws {
    finder = SourceFinder(context: context)
    signature = Self.wanted(arguments["signature"])
    hashSignature = Self.wanted(arguments["source_hash_sig"])
    anyOf = arguments.strings("signed_by_any").map(Self.fingerprint)
    allOf = arguments.strings("signed_by_all").map(Self.fingerprint)
    var options: [String] = []
    for name in Self.keyrings {
      guard let path = arguments.optionalString(name) else { continue }
      guard path.hasPrefix("/") else { throw StateRefusal("\(name): '\(path)' is no absolute path") }
      options += name == "keyring" ? ["--no-default-keyring", "--keyring", path] : ["--homedir", path]
    }
    self.options = options
    for signer in anyOf + allOf where signer.utf8.count < 32 || !signer.allSatisfy(\.isHexDigit) {
      throw StateRefusal("signed_by_any and signed_by_all take whole fingerprints of keys, not '\(signer)'")
    }
    guard isNeeded || anyOf.isEmpty && allOf.isEmpty else {
      throw StateRefusal("signed_by_any and signed_by_all need signature or source_hash_sig to say what was signed")
    }
  }

  private var isNeeded: Bool { !signature.isNull || !hashSignature.isNull }

  private static func wanted(_ value: Value) -> Value { value == false || value == "" ? .null : value }
  private static func fingerprint(_ text: String) -> String { text.filter { !$0.isWhitespace }.uppercased() }

  /// Refuses a source that is not signed as asked.
  func check(source path: String) async throws {
    guard !signature.isNull else { return }
    do { try await verify(path, signature) } catch let refusal as StateRefusal {
      throw StateRefusal("Failed checking new file's signature: \(refusal.comment)", isWhole: true)
    }
  }

  /// Refuses a file of digests that is not signed as asked.
  func check(hash text: String) async throws {
    guard !hashSignature.isNull else { return }
    guard text.hasPrefix("/") || text.contains("://") else {
      throw StateRefusal("source_hash_sig is for a file of digests, and source_hash is a digest itself")
    }
    try await verify(try await finder.path(of: text), hashSignature)
  }

  private func verify(_ path: String, _ signature: Value) async throws {
    let context = finder.context.functions
    guard context.commands.which("gpg") != nil else {
      throw StateRefusal("The file's signature could not be verified: this host has no gpg(1)")
    }
    var detached: [String] = []
    if signature != true { detached = [context.files.resolve(try await finder.path(of: signature.description))] }
    var command = Command(
      ["gpg", "--no-tty", "--no-auto-key-retrieve", "--status-fd", "1"] + options + ["--verify", "--"] + detached
        + [context.files.resolve(path)])
    command.timeout = .seconds(60)
    command.outputLimit = 1 << 20
    let report = SignatureReport(try await context.commands.run(command).outputText)
    if let problem = report.problem(anyOf: anyOf, allOf: allOf) {
      throw StateRefusal("The file's signature could not be verified: \(problem)")
    }
  }
}
