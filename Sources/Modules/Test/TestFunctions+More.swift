import Functions
import Hashing
import OrderedCollections
import Value

extension TestFunctions {
  static let more: [Function] = [
    Function(
      "test.arg_clean", "Returns the arguments it is given, without those of the publisher.",
      details: "Returns `{args, kwargs}`.", effect: .read,
      parameters: [.variadic("args", .any, "Anything."), .keywords("kwargs", "Anything.")]
    ) { arguments, _ in
      let kwargs = arguments.map("kwargs").filter { !$0.key.description.hasPrefix("__") }
      return ["args": .list(arguments.list("args")), "kwargs": .map(kwargs)]
    },
    Function("test.conf_test", "Returns the option `test.foo` of the configuration.", effect: .read) { _, context in
      context.options["test.foo"] ?? context.pillar["test.foo"] ?? "unconfigured"
    },
    Function(
      "test.assertion", "Fails unless it is given something true.", effect: .read,
      parameters: [.required("assertion", .any, "Anything.")]
    ) { arguments, _ in
      guard ![.null, false, 0, "", .list([]), .map([:])].contains(arguments["assertion"]) else {
        throw FunctionError(.failed, "AssertionError")
      }
      return .null
    },
    Function(
      "test.rand_str", "Returns the hash of a random number.", effect: .inspect,
      parameters: [
        .optional("size", .int, default: 9_999_999_999, "The number is not above it."),
        .optional("hash_type", .string, "sha256 or another digest."),
      ]
    ) { arguments, _ in
      let text = String(Int.random(in: 1...max(1, arguments.int("size") ?? 1)))
      let kind = DigestAlgorithm(rawValue: arguments.optionalString("hash_type") ?? "sha256")
      guard let kind else { throw FunctionError(.badArguments, "There is no digest '\(arguments["hash_type"])'.") }
      return .string(kind.hexadecimal(of: Array(text.utf8)))
    },
    Function(
      "test.raise_exception", "Fails with a name and words, to see how an error is reported.", effect: .read,
      parameters: [
        .required("name", .string, "Such as `OSError`."), .variadic("args", .any, "Words."),
        .keywords("kwargs", "Taken for compatibility and not used."),
      ]
    ) { arguments, _ in
      let words = arguments.list("args").map(\.description).joined(separator: " ")
      throw FunctionError(.failed, "\(arguments.string("name")): \(words)")
    },
  ]
}
