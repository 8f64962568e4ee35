public import Functions
import OrderedCollections
import Value

/// States `credential.*`.
public enum CredentialStates {
  public static let all: [StateFunction] = [rotated]

  private static let rotated = StateFunction(
    "credential.rotated", "Has a password, or a TLS key with its certificate, rotated since a moment.",
    details: """
      Takes what `credential.rotate` takes; the name is the account or the certificate's path where `user` or `certificate` \
      is missing. It rotates unless the ledger of this host says that it was rotated at or after `since`; without `since`, \
      unless it ever was. Changes are `{fingerprint: {old, new}, version: {old, new}, rotated_at: {old, new}, \
      sealed: {operator: text}}`: a new password is in them only sealed to the keys of operators. In test mode they say \
      which version would come, and nothing is touched.
      """,
    parameters: [.required("name", .string, "The account, the certificate's path, or any text.")]
      + CredentialFunctions.rotate.signature.parameters
  ) { arguments, context in
    do {
      let known = try knownEntry(arguments, context)
      let answer = try await CredentialFunctions.rotate.call(request(arguments), context.functions)
      return result(answer, known)
    } catch {
      return StateResult(false, (error as? FunctionError)?.description ?? String(describing: error))
    }
  }

  /// The arguments of `credential.rotate`.
  private static func request(_ arguments: Arguments) -> ValueMap {
    var named: ValueMap = [:]
    for parameter in CredentialFunctions.rotate.signature.parameters where arguments.isGiven(parameter.name) {
      named[parameter.name] = arguments[parameter.name]
    }
    let word = nameWord(arguments)
    if named[word] == nil { named[word] = arguments["name"] }
    // A state is no order: what was rotated stays so until somebody moves the moment.
    if named["since"] == nil { named["since"] = .string(RotationTime.text(0)) }
    return named
  }

  private static func nameWord(_ arguments: Arguments) -> String {
    arguments.string("kind") == TLSRotation.kindName ? "certificate" : "user"
  }

  /// What the ledger has of the credential before anything is done.
  private static func knownEntry(_ arguments: Arguments, _ context: StateContext) throws -> RotationEntry? {
    let name = arguments.optionalString(nameWord(arguments)) ?? arguments.string("name")
    return try RotationLedger(context.functions).entry(kind: arguments.string("kind"), name: name)
  }

  private static func result(_ answer: Value, _ known: RotationEntry?) -> StateResult {
    let name = "\(answer["kind"] ?? "") \(answer["name"] ?? "")"
    switch answer["result"]?.stringValue {
    case "unchanged":
      return StateResult(true, "The credential \(name) was rotated at \(answer["rotated_at"] ?? "")")
    case "planned":
      return StateResult(nil, "The credential \(name) would be rotated", changes: changes(answer, known))
    case "staged":
      var changes = changes(answer, known)
      changes["csr"] = answer["csr"] ?? .null
      return StateResult(true, "The credential \(name) waits for its certificate", changes: changes)
    default:
      var changes = changes(answer, known)
      changes["sealed"] = answer["sealed"] ?? [:]
      return StateResult(true, "The credential \(name) was rotated", changes: changes)
    }
  }

  private static func changes(_ answer: Value, _ known: RotationEntry?) -> ValueMap {
    let rotatedBefore = known?.rotatedAt.map { Value.string(RotationTime.text($0)) } ?? .null
    let isPlanned = answer["result"] == "planned"
    return [
      "fingerprint": ["old": answer["previous_fingerprint"] ?? .null, "new": answer["fingerprint"] ?? .null],
      "version": ["old": known.map { .integer($0.version) } ?? .null, "new": answer["version"] ?? .null],
      "rotated_at": ["old": rotatedBefore, "new": isPlanned ? .null : answer["rotated_at"] ?? .null],
    ]
  }
}
