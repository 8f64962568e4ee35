import Functions
import HostSystem

/// The digests of files, by the programs of coreutils.
enum FileDigest: String, CaseIterable, Sendable {
  case md5, sha1, sha224, sha256, sha384, sha512

  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

  static func named(_ name: String) throws(FunctionError) -> FileDigest {
    guard let digest = FileDigest(rawValue: name.lowercased()) else {
      throw FunctionError(.badArguments, "'\(name)' is not a digest known here.", hint: "There are \(names).")
    }
    return digest
  }

  /// Hexadecimal digits of the digest.
  var length: Int {
    switch self {
    case .md5: 32
    case .sha1: 40
    case .sha224: 56
    case .sha256: 64
    case .sha384: 96
    case .sha512: 128
    }
  }

  func digest(of path: String, _ context: FunctionContext) async throws -> String {
    guard let status = context.files.status(path) else { throw FileFunctions.missing(path) }
    guard status.kind == .file else {
      // A pipe would be waited for without end, a device read without end.
      throw FunctionError(.badArguments, "'\(path)' is not a regular file, so it has no digest.")
    }
    let argv = ["\(rawValue)sum", "-b", "--", context.files.resolve(path)]
    let result = try await context.commands.runParsed(argv)
    // A backslash in front says that the name, which is not looked at, is escaped.
    let text = result.outputText.drop { $0 == "\\" }.prefix { $0.isHexDigit }
    guard result.isSuccess, text.utf8.count == length else {
      throw FunctionError(
        .failed,
        "Cannot make the digest of '\(path)': `\(argv.joined(separator: " "))` ended with \(result.exitCode): "
          + result.errorText.trimmed())
    }
    return text.lowercased()
  }
}
