import Functions
import Value

extension TestFunctions {
  static let failures: [Function] = [
    Function(
      "test.exception", "Fails, to see how an error is reported.",
      details: "Example: `brine run web1 test.exception 'something broke'`.", effect: .read,
      parameters: [.optional("message", .string, default: "Test Exception", "What the error says.")]
    ) { arguments, _ in throw FunctionError(.failed, arguments.string("message")) },
    Function(
      "test.retcode", "Makes the job fail with an exit code.",
      details: "Returns True.\n\nExample: `brine run web1 test.retcode 42`.",
      effect: .read, parameters: [.optional("code", .int, default: 42, "The exit code.")]
    ) { arguments, context in
      context.reportExitCode(Int32(clamping: arguments.int("code") ?? 42))
      return true
    },
  ]
}
