import Functions
import HostSystem
import Value

extension FileFunctions {
  static let digests = [getHash, getSum, checkHash]

  private static let form = Parameter.optional("form", .string, default: "sha256", "One of \(FileDigest.names).")

  private static let getHash = Function.guarded(
    "file.get_hash", "Returns the digest of a file.",
    details: "Hexadecimal digits. Example: `brine run '*' file.get_hash /usr/lib/x86_64-linux-gnu/libssl.so.3`",
    effect: .inspect,
    parameters: [path, form, .optional("chunk_size", .int, default: 65536, "Kept for Salt's sake; has no effect.")]
  ) { arguments, context in
    let path = try AbsolutePath.argument("path", of: arguments)
    return .string(try await FileDigest.named(arguments.string("form")).digest(of: path, context))
  }

  private static let getSum = Function.guarded(
    "file.get_sum", "Returns the digest of a file, or `File not found`.",
    details: "Hexadecimal digits. Example: `brine run '*' file.get_sum /etc/passwd md5`", effect: .inspect,
    parameters: [path, form]
  ) { arguments, context in
    let path = try AbsolutePath.argument("path", of: arguments)
    let digest = try FileDigest.named(arguments.string("form"))
    guard context.files.isFile(path) else { return "File not found" }
    return .string(try await digest.digest(of: path, context))
  }

  private static let checkHash = Function.guarded(
    "file.check_hash", "Tells whether a file has a digest.",
    details: """
      True or False. The digest stands alone, its kind then told by its length, or after the kind as in `sha256:…` or \
      `sha256=…`.

      Example: `brine run '*' file.check_hash /etc/motd md5:d41d8cd98f00b204e9800998ecf8427e`
      """,
    effect: .inspect, parameters: [path, .required("file_hash", .string, "The digest.")]
  ) { arguments, context in
    let path = try AbsolutePath.argument("path", of: arguments)
    let text = arguments.string("file_hash")
    let digest: FileDigest
    var wanted = text[...]
    if let sign = text.firstIndex(where: { $0 == ":" || $0 == "=" }) {
      digest = try FileDigest.named(String(text[..<sign]))
      wanted = text[text.index(after: sign)...]
    } else if let found = FileDigest.allCases.first(where: { $0.length == text.utf8.count }) {
      digest = found
    } else {
      let lengths = FileDigest.allCases.map { "\($0.rawValue) (\($0.length))" }.joined(separator: ", ")
      throw FunctionError(
        .badArguments, "No digest has \(text.utf8.count) digits ('\(text)').", hint: "There are \(lengths).")
    }
    return .bool(try await digest.digest(of: path, context) == wanted.lowercased())
  }
}
