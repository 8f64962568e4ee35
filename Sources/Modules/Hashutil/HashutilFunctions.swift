public import Functions
import Hashing
import HostSystem
import Value

/// `hashutil.*`: hashes, keyed hashes and base64 of texts and files.
public enum HashutilFunctions {
  public static let all: [Function] = digests + codes + encodings

  private static let fileLimit = 256 << 20
  private static let text = Parameter.required("instr", .any, "The text.")
  private static let checksum = Parameter.optional("checksum", .string, default: "md5", "md5, sha256 or sha512.")

  private static let digests: [Function] =
    [
      Function(
        "hashutil.digest", "The hash of a text.",
        details: "Returns hexadecimal digits. Example: `brine run web1 hashutil.digest 'get salted' sha256`.",
        effect: .read, parameters: [text, checksum]
      ) { arguments, _ in .string(try digest(arguments).hexadecimal(of: bytes(arguments["instr"]))) },
      Function(
        "hashutil.digest_file", "The hash of a file of the host.",
        details: "Returns hexadecimal digits. Example: `brine run web1 hashutil.digest_file /etc/fstab sha256`.",
        effect: .inspect, parameters: [.required("infile", .string, "The file."), checksum]
      ) { arguments, context in
        let path = arguments.string("infile")
        guard path.hasPrefix("/"), context.files.isFile(path) else {
          throw FunctionError(.notFound, "File path '\(path)' not found.")
        }
        return .string(try digest(arguments).hexadecimal(of: context.files.read(path, limit: fileLimit)))
      },
    ]
    + [DigestAlgorithm.md5, .sha256, .sha512].map { kind in
      Function(
        "hashutil.\(kind.rawValue)_digest", "The \(kind.rawValue.uppercased()) hash of a text.",
        details: "Returns hexadecimal digits.", effect: .read, parameters: [text]
      ) { arguments, _ in .string(kind.hexadecimal(of: try bytes(arguments["instr"]))) }
    }

  private static let signed = [
    Parameter.required("string", .any, "The text."),
    .required("shared_secret", .string, "The key. It is on the command line where an operator gives it."),
  ]

  private static let codes: [Function] = [
    Function(
      "hashutil.hmac_compute", "The keyed hash (HMAC-SHA256) of a text.", details: "Returns hexadecimal digits.",
      effect: .read, parameters: signed
    ) { arguments, _ in
      .string(
        Hexadecimal.text(
          DigestAlgorithm.sha256.authenticationCode(of: try bytes(arguments["string"]), key: key(arguments))))
    },
    Function(
      "hashutil.hmac_signature", "Whether a signature is the keyed hash (HMAC-SHA256, base64) of a text.",
      effect: .read, parameters: signed + [.required("challenge_hmac", .string, "The signature.")]
    ) { arguments, _ in
      let code = DigestAlgorithm.sha256.authenticationCode(of: try bytes(arguments["string"]), key: key(arguments))
      return .bool(isEqual(Base64.text(code), arguments.string("challenge_hmac")))
    },
    Function(
      "hashutil.github_signature", "Whether a signature of a GitHub webhook is right.",
      details: "Example: `hashutil.github_signature BODY SECRET sha1=4a5…`.", effect: .read,
      parameters: signed + [.required("challenge_hmac", .string, "`sha1=…` or `sha256=…`, as the header has it.")]
    ) { arguments, _ in
      let parts = arguments.string("challenge_hmac").split(separator: "=", omittingEmptySubsequences: false).map(
        String.init)
      guard parts.count == 2, let kind = DigestAlgorithm(rawValue: parts[0]) else {
        throw FunctionError(.badArguments, "challenge_hmac= is 'sha1=…' or 'sha256=…'.")
      }
      let code = Hexadecimal.text(kind.authenticationCode(of: try bytes(arguments["string"]), key: key(arguments)))
      return .bool(isEqual(code, parts[1]))
    },
  ]

  private static let encodings: [Function] = [
    Function("hashutil.base64_b64encode", "A text as base64 on one line.", effect: .read, parameters: [text]) {
      arguments, _ in .string(Base64.text(try bytes(arguments["instr"])))
    },
    Function(
      "hashutil.base64_encodestring", "A text as base64 in lines of 76 letters.", effect: .read, parameters: [text]
    ) { arguments, _ in .string(Base64.lines(try bytes(arguments["instr"]))) },
    Function(
      "hashutil.base64_encodefile", "A file of the host as base64 in lines of 76 letters.",
      details: "At most 3 MiB. Example: `brine run web1 hashutil.base64_encodefile /etc/fstab`.", effect: .inspect,
      parameters: [.required("fname", .string, "The file.")]
    ) { arguments, context in .string(Base64.lines(try context.files.read(arguments.string("fname"), limit: 3 << 20)))
    },
    Function("hashutil.base64_b64decode", "The text that base64 stands for.", effect: .read, parameters: [text]) {
      arguments, _ in decodedValue(try decoded(arguments["instr"]))
    },
    Function("hashutil.base64_decodestring", "The text that base64 stands for.", effect: .read, parameters: [text]) {
      arguments, _ in decodedValue(try decoded(arguments["instr"]))
    },
    Function(
      "hashutil.base64_decodefile", "Writes what base64 stands for into a file of the host.", details: "Returns true.",
      effect: .change, parameters: [text, .required("outfile", .string, "The file, replaced as a whole.")]
    ) { arguments, context in
      let content = try decoded(arguments["instr"])
      guard arguments.string("outfile").hasPrefix("/") else {
        throw FunctionError(.badArguments, "outfile= is an absolute path.")
      }
      if !context.isTest { try context.files.write(arguments.string("outfile"), content) }
      return true
    },
  ]

  private static func digest(_ arguments: Arguments) throws -> DigestAlgorithm {
    let name = arguments.string("checksum")
    guard let kind = DigestAlgorithm(rawValue: name), kind != .sha1, kind != .sha384 else {
      throw FunctionError(.badArguments, "Hash func '\(name)' is not supported.", hint: "md5, sha256 and sha512 are.")
    }
    return kind
  }

  private static func bytes(_ value: Value) throws -> [UInt8] {
    switch value {
    case .bytes(let bytes): return bytes
    case .list, .map, .null: throw FunctionError(.badArguments, "A text is expected, not \(value.kindName).")
    default: return Array(value.description.utf8)
    }
  }

  private static func key(_ arguments: Arguments) -> [UInt8] { Array(arguments.string("shared_secret").utf8) }

  /// Takes the same time wherever the first difference is.
  private static func isEqual(_ first: String, _ second: String) -> Bool {
    Secret(first).isEqual(to: Secret(second))
  }

  private static func decoded(_ value: Value) throws -> [UInt8] {
    let (bytes, problem) = Base64.decode(value.description.utf8)
    if let problem { throw FunctionError(.badArguments, problem, hint: "The text is no base64.") }
    return bytes
  }

  /// Text where it is UTF-8, else bytes.
  private static func decodedValue(_ bytes: [UInt8]) -> Value {
    String(validating: bytes, as: UTF8.self).map(Value.string) ?? .bytes(bytes)
  }
}
