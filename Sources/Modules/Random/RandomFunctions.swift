public import Functions
import Hashing
import Jinja
import OrderedCollections
import Value

/// `random.*`: chance, and numbers that are the same each time for the same host.
public enum RandomFunctions {
  public static let all: [Function] = [getString, hash, encode, shadowHash, number, seed, sample, shuffle]

  private static let getString = Function(
    "random.get_str", "A random text, from the kernel's generator.",
    details: "It is in the job's result: for passwords use `credential.*`, whose results hold none.\n\n"
      + "Example: `brine run web1 random.get_str 16 punctuation=False`.", effect: .read,
    parameters: [
      .optional("length", .int, default: 20, "Letters."),
      .optional("chars", .string, "The letters to take, instead of the kinds below."),
      .optional("lowercase", .bool, default: true, "a to z."), .optional("uppercase", .bool, default: true, "A to Z."),
      .optional("digits", .bool, default: true, "0 to 9."),
      .optional("punctuation", .bool, default: true, "The signs of ASCII."),
      .optional("whitespace", .bool, default: false, "Spaces, tabs and line breaks too."),
      .optional("printable", .bool, default: false, "All of these."),
    ]
  ) { arguments, _ in
    guard let length = arguments.int("length"), (0...65536).contains(length) else {
      throw FunctionError(.badArguments, "length= is a number from 0 to 65536.")
    }
    let letters = Array(RandomText.alphabet(arguments).unicodeScalars)
    guard !letters.isEmpty else { throw FunctionError(.badArguments, "There is no letter to take.") }
    return .string(try RandomText.text(length, of: letters))
  }

  private static let hash = Function(
    "random.hash", "The hash of a text.", details: "Example: `brine run web1 random.hash 'I am a string' md5`.",
    effect: .read,
    parameters: [
      .required("value", .string, "The text."),
      .optional(
        "algorithm", .string, default: "sha512", "The hash.", choices: DigestAlgorithm.allCases.map(\.rawValue)),
    ]
  ) { arguments, _ in
    let kind = DigestAlgorithm(rawValue: arguments.string("algorithm")) ?? .sha512
    return .string(kind.hexadecimal(of: Array(arguments.string("value").utf8)))
  }

  private static let encode = Function(
    "random.str_encode", "A text in another encoding.",
    details: "Salt's other encoders are Python's codecs, which Brine does not have.", effect: .read,
    parameters: [
      .required("value", .string, "The text."),
      .optional("encoder", .string, default: "base64", "The encoding.", choices: ["base64"]),
    ]
  ) { arguments, _ in .string(Base64.text(Array(arguments.string("value").utf8))) }

  private static let shadowHash = Function(
    "random.shadow_hash", "The hash of a password as /etc/shadow holds it.",
    details: "Without a password it is one that nobody knows. A password on the command line can be read by others: "
      + "in states take it from the pillar.", effect: .read,
    parameters: [
      .optional("crypt_salt", .string, "The salt; a random one without."),
      .optional("password", .string, "The password; a random one without."),
      .optional(
        "algorithm", .string, default: "sha512", "The scheme.",
        choices: ["sha512", "sha256", "blowfish", "md5", "crypt"]),
    ]
  ) { arguments, _ in
    let scheme = arguments.string("algorithm")
    let password = try arguments.optionalString("password").map { Secret($0) } ?? RandomText.password()
    let prefix = ["sha512": "$6$", "sha256": "$5$", "md5": "$1$", "blowfish": "$2b$", "crypt": ""][scheme] ?? "$6$"
    if let salt = arguments.optionalString("crypt_salt") {
      guard let hash = UnixCrypt.hash(password, setting: prefix + salt) else {
        throw FunctionError(.failed, "libcrypt takes no salt '\(salt)' for \(scheme).")
      }
      return .string(hash)
    }
    guard let hash = UnixCrypt.hash(password, prefix: prefix) else {
      throw FunctionError(.unavailable, "libcrypt on this host has no \(scheme).")
    }
    return .string(hash)
  }

  private static let number = Function(
    "random.rand_int", "A random number between two, both included.",
    details: "With a seed it is always the same one, and Salt's. Example: `brine run web1 random.rand_int 0 59`.",
    effect: .read,
    parameters: [
      .optional("start", .int, default: 1, "The least."), .optional("end", .int, default: 10, "The greatest."),
      .optional("seed", .any, "A text or number."),
    ]
  ) { arguments, _ in
    let (start, end) = (arguments.int("start") ?? 1, arguments.int("end") ?? 10)
    guard start > -(1 << 60), start < 1 << 60, end > -(1 << 60), end < 1 << 60 else {
      throw FunctionError(.badArguments, "'start' and 'end' are numbers of less than 60 bits.")
    }
    guard start <= end else {
      throw FunctionError(.badArguments, "empty range for randrange() (\(start), \(end + 1), \(end + 1 - start))")
    }
    guard var generator = try generator(arguments["seed"]) else { return .integer(Int.random(in: start...end)) }
    return .integer(start + generator.below(end - start + 1))
  }

  private static let seed = Function(
    "random.seed", "A number below a limit that is always the same for a host, and Salt's for the same id.",
    details: "To spread cron jobs over an hour: `minute: {{ salt['random.seed'](60) }}`.", effect: .read,
    parameters: [
      .optional("range", .int, default: 10, "The limit; the number is below it."),
      .optional("hash", .any, "Another text or number than the minion's id to begin with."),
    ]
  ) { arguments, context in
    guard let range = arguments.int("range"), range > 0 else {
      throw FunctionError(.badArguments, "empty range for randrange()")
    }
    let start = arguments.isGiven("hash") ? arguments["hash"] : context.grains["id"] ?? context.options["id"] ?? ""
    guard var generator = try generator(start) else { return 0 }
    return .integer(generator.below(range))
  }

  private static let sample = Function(
    "random.sample", "Some elements of a list, each once.",
    details: "With a seed they are always the same, and Salt's.", effect: .read,
    parameters: [
      .required("value", .list, "The list."), .required("size", .int, "How many."),
      .optional("seed", .string, "A text."),
    ]
  ) { arguments, _ in try draw(arguments, arguments.int("size") ?? 0) }

  private static let shuffle = Function(
    "random.shuffle", "A list in another order.", details: "With a seed it is always the same, and Salt's.",
    effect: .read, parameters: [.required("value", .list, "The list."), .optional("seed", .string, "A text.")]
  ) { arguments, _ in try draw(arguments, arguments.list("value").count) }

  private static func draw(_ arguments: Arguments, _ size: Int) throws -> Value {
    let items = arguments.list("value")
    guard (0...items.count).contains(size) else {
      throw FunctionError(.badArguments, "Sample larger than population or is negative")
    }
    guard let seed = arguments.optionalString("seed") else { return .list(Array(items.shuffled().prefix(size))) }
    var generator = PythonRandom(seed: DigestAlgorithm.sha512.hexadecimal(of: Array(seed.utf8)))
    return .list(generator.sample(items, size))
  }

  private static func generator(_ seed: Value) throws -> PythonRandom? {
    switch seed {
    case .null: return nil
    case .int(let number): return PythonRandom(seed: number)
    case .string(let text): return PythonRandom(seed: text)
    default: throw FunctionError(.badArguments, "A seed is a text or an integer, not \(seed.kindName).")
    }
  }
}
