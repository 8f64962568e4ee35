import Functions
import Glibc
import Hashing
import HostSystem
import OrderedCollections
import Value

extension FileStates {
  static let decode = StateFunction.file(
    "file.decode", "A file holds what a text in base64 stands for.",
    details: """
      `changes` has the digests, `old` and `new`. The file is for its owner only when the text comes from the pillar and \
      the file is new.

      Example:

          /etc/app.key:
            file.decode:
              - contents_pillar: app:key
      """,
    parameters: [
      name, .optional("encoded_data", .string, "The text."),
      .optional("contents_pillar", .string, "The pillar's key that has it."),
      .optional("encoding_type", .string, default: "base64", "How it is encoded.", choices: ["base64"]),
      .optional(
        "checksum", .string, default: "md5", "How contents are compared.", choices: ["md5", "sha256", "sha512"]),
    ]
  ) { arguments, context in
    let path = try StatePath.name(arguments, of: "file.decode")
    try StatePath.requireAbsolute(path)
    let files = context.functions.files
    let pillar = arguments.string("contents_pillar")
    let given = arguments.string("encoded_data")
    guard !pillar.isEmpty || !given.isEmpty else {
      throw StateRefusal("Specify either the 'encoded_data' or 'contents_pillar' argument.")
    }
    guard pillar.isEmpty || given.isEmpty else {
      throw StateRefusal("Specify only one 'encoded_data' or 'contents_pillar' argument.")
    }
    var text = given
    if !pillar.isEmpty {
      guard let value = GrainPath(pillar, delimiter: ":").value(in: context.functions.pillar) else {
        throw StateRefusal("Pillar data not found.")
      }
      text = value.description
    }
    guard let bytes = Base64.bytes(of: text) else { throw StateRefusal("The text is not base64.") }
    let kind = arguments.string("checksum")
    let new = digest(bytes, kind)
    var old = Value.null
    if files.isFile(path) {
      old = .string(digest(try files.read(path, limit: TextRewrite.limit), kind))
      if old == .string(new) { return StateResult(true, "File is in the correct state.") }
    }
    let changes: ValueMap = ["old": old, "new": .string(new)]
    guard !context.isTest else {
      return StateResult(nil, "File is set to be updated.", changes: old.isNull ? [:] : changes)
    }
    try files.write(try files.writeTarget(path), bytes, mode: old.isNull && !pillar.isEmpty ? 0o600 : nil)
    return StateResult(true, "File was updated.", changes: changes)
  }

  private static func digest(_ bytes: [UInt8], _ kind: String) -> String {
    (DigestAlgorithm(rawValue: kind) ?? .md5).hexadecimal(of: bytes)
  }
}
