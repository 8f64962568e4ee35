import Functions
import HostSystem
import Value

/// A key as a state or a call names it: the key alone, with a comment, or a whole line.
enum AuthorizedKeyWish {
  /// - Parameters:
  ///   - text: `KEY`, `KEY comment` or `options type KEY comment`; what it holds counts before the other arguments.
  ///   - type: short or full; where it is Salt's default, the type that the key itself says counts.
  static func read(
    _ text: String, type: String, comment: String, options: [String]
  ) throws(FunctionError) -> AuthorizedKey {
    for (name, value) in [("name", text.trimmed()), ("comment", comment), ("options", options.joined())] {
      guard !value.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\t" || $0.value == 0x7F }) else {
        throw FunctionError(.badArguments, "'\(name)' of a key has to be one line without control characters.")
      }
    }
    if let line = AuthorizedKey(line: text) {
      return AuthorizedKey(
        options: line.options.isEmpty ? options : line.options, type: try SSHKeyType.full(line.type), key: line.key,
        comment: line.comment.isEmpty ? comment : line.comment)
    }
    let text = text.trimmed()
    let key = text.prefix { !$0.isWhitespace }
    let rest = text.dropFirst(key.count).trimmed()
    var type = try SSHKeyType.full(type)
    if type == "ssh-rsa", let own = SSHPublicKey(String(key))?.type, let known = try? SSHKeyType.full(own) {
      type = known
    }
    return AuthorizedKey(options: options, type: type, key: String(key), comment: rest.isEmpty ? comment : rest)
  }
}
