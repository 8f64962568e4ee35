import Functions
import HostSystem
import OrderedCollections
import Value

extension ShellCommand {
  /// Salt's `{pid, retcode, stdout, stderr}`.
  struct Output: Sendable {
    var processID: Int32
    var exitCode: Int64
    var standardOutput: String
    var standardError: String

    var value: Value {
      [
        "pid": .integer(processID), "retcode": .int(exitCode), "stdout": .string(standardOutput),
        "stderr": .string(standardError),
      ]
    }
  }

  /// Runs it. A program that fails is a result; one that cannot be started is an error.
  func run(_ context: FunctionContext, mergingErrors isErrorMerged: Bool = false) async throws -> Output {
    var command = command
    command.isErrorMerged = isErrorMerged
    let result: CommandResult
    do { result = try await context.commands.run(command) } catch let error as HostError {
      throw FunctionError(
        error.code == .notFound ? .notFound : .failed, "The command could not be started: \(error.message)",
        hint: "`cmd.which` tells whether a program is on the host.")
    }
    var output = Output(
      processID: result.processID, exitCode: Int64(result.exitCode), standardOutput: text(result.standardOutput),
      standardError: text(result.standardError))
    if result.ending == .timedOut {
      // Salt's words, after what the program had printed by then.
      let words = "\(line) : Timed out after \(seconds) seconds"
      output.standardOutput = output.standardOutput.isEmpty ? words : "\(output.standardOutput)\n\(words)"
    } else if isSuccess(output) {
      output.exitCode = 0
    }
    if result.isTruncated {
      let words = "[output cut off at \(command.outputLimit) bytes]"
      output.standardError = output.standardError.isEmpty ? words : "\(output.standardError)\n\(words)"
    }
    if !ignoresExitCode, output.exitCode != 0 { context.reportExitCode(Int32(truncatingIfNeeded: output.exitCode)) }
    if isHidden {
      output.standardOutput = ""
      output.standardError = ""
    }
    return output
  }

  private func isSuccess(_ output: Output) -> Bool {
    successCodes.contains(output.exitCode) || successOutputs.contains(output.standardOutput)
      || successErrors.contains(output.standardError)
  }

  private func text(_ bytes: [UInt8]) -> String {
    guard isStripped else { return String(decoding: bytes, as: UTF8.self) }
    var bytes = bytes[...]
    while let last = bytes.last, last == 0x20 || (0x09...0x0D).contains(last) { bytes = bytes.dropLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  private var seconds: String {
    guard let timeout else { return "?" }
    return timeout == timeout.rounded() ? String(Int64(timeout)) : String(timeout)
  }
}
