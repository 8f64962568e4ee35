import Functions
import Hashing
import Value

extension TestFunctions {
  static let work: [Function] = [
    Function(
      "test.fib", "Computes a Fibonacci number, to load the processor.",
      details:
        "Returns `[number, seconds]`; for 93 and more the number is not an integer.\n\nExample: `brine run '*' test.fib 40`.",
      effect: .inspect, parameters: [.required("num", .int, "Which one.")]
    ) { arguments, _ in
      guard let count = arguments.int("num"), (0...1476).contains(count) else {
        throw FunctionError(.badArguments, "num= is 0 to 1476, beyond which a double overflows.")
      }
      return timed { fibonacci(count) }
    },
    Function(
      "test.collatz", "Follows a Collatz sequence down to 1, to load the processor.",
      details: "Returns `[[numbers], seconds]`.\n\nExample: `brine run '*' test.collatz 27`.", effect: .inspect,
      parameters: [.required("start", .int, "Where it starts.")]
    ) { arguments, _ in
      guard let start = arguments.int("start"), start > 0 else {
        throw FunctionError(.badArguments, "start= is a number above 0.")
      }
      return try timed { .list(try collatz(Int64(start)).map(Value.int)) }
    },
    Function(
      "test.sleep", "Waits.",
      details: "Returns True after that many seconds.\n\nExample: `brine run '*' test.sleep 5`.",
      effect: .inspect, parameters: [.required("length", .number, "Seconds.")]
    ) { arguments, _ in
      try await sleep(arguments.double("length") ?? 0)
      return true
    },
    Function(
      "test.rand_sleep", "Waits a random time.",
      details: "Returns True after 0 to `max` seconds.\n\nExample: `brine run '*' test.rand_sleep 10`.",
      effect: .inspect,
      parameters: [.optional("max", .number, default: 60, "Seconds at most.")]
    ) { arguments, _ in
      let limit = arguments.double("max") ?? 60
      guard limit >= 0 else { throw FunctionError(.badArguments, "max= is 0 or more.") }
      try await sleep(limit == 0 ? 0 : Double.random(in: 0...limit))
      return true
    },
    Function(
      "test.random_hash", "Returns the hash of random bytes.",
      details: """
        The bytes come from the kernel. `size` is taken for compatibility: 32 bytes are hashed, whatever it is.

        Example: `brine run '*' test.random_hash`.
        """,
      effect: .read,
      parameters: [
        .optional("size", .int, default: 9_999_999_999, "Taken for compatibility."),
        .optional(
          "hash_type", .string, default: "sha256", "The hash.",
          choices: DigestAlgorithm.allCases.map(\.rawValue)),
      ]
    ) { arguments, _ in
      let bytes = try KernelRandom.bytes(32)
      let algorithm = DigestAlgorithm(rawValue: arguments.string("hash_type")) ?? .sha256
      return .string(algorithm.hexadecimal(of: bytes))
    },
  ]

  private static func sleep(_ seconds: Double) async throws {
    guard seconds >= 0, seconds <= 31_536_000 else {
      throw FunctionError(.badArguments, "A wait is 0 seconds to a year.")
    }
    try await Task.sleep(for: .milliseconds(Int(seconds * 1000)))
  }

  /// The result with the seconds it took, as Salt returns it.
  private static func timed(_ body: () throws -> Value) rethrows -> Value {
    let clock = ContinuousClock()
    let start = clock.now
    let result = try body()
    let (seconds, attoseconds) = start.duration(to: clock.now).components
    return [result, .double(Double(seconds) + Double(attoseconds) / 1e18)]
  }

  private static func fibonacci(_ count: Int) -> Value {
    if count > 92 {
      var pair = (0.0, 1.0)
      for _ in 0..<count { pair = (pair.1, pair.0 + pair.1) }
      return .double(pair.0)
    }
    var pair: (Int64, Int64) = (0, 1)
    for _ in 0..<count { pair = (pair.1, pair.0 &+ pair.1) }
    return .int(pair.0)
  }

  private static func collatz(_ start: Int64) throws(FunctionError) -> [Int64] {
    var numbers = [start]
    var number = start
    while number != 1 {
      if number % 2 == 0 {
        number /= 2
      } else {
        let (product, isTooLarge) = number.multipliedReportingOverflow(by: 3)
        guard !isTooLarge, product < .max else {
          throw FunctionError(.failed, "The sequence of \(start) leaves 64 bits.")
        }
        number = product + 1
      }
      numbers.append(number)
    }
    return numbers
  }
}
