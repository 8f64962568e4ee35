import Functions
import HostSystem
import OrderedCollections
import Value

/// Runs a site's executable: JSON in, JSON out.
struct SiteProgram: Sendable {
  let name: String
  let path: String

  private static let outputLimit = 4 << 20
  private static let errorTail = 1000

  func run(_ signature: FunctionSignature, _ arguments: Arguments, _ context: FunctionContext) async throws -> Value {
    let bound = signature.parameters.map { (Value.string($0.name), arguments[$0.name]) }
    let request: Value = [
      "arguments": .map(ValueMap(uniqueKeysWithValues: bound)), "grains": .map(context.grains),
      "test": .bool(context.isTest),
    ]
    if context.isTest, signature.effect == .change, !signature.parameters.contains(where: { $0.name == "test" }) {
      context.progress("\(name) is told that this is a test; whether it heeds that is its own matter")
    }
    return try await answer(to: request, context)
  }

  /// Starts the program with a request on standard input and reads its answer.
  func answer(to request: Value, _ context: FunctionContext) async throws -> Value {
    var command = Command(context.files.resolve(path))
    command.standardInput = .bytes(Array(JSONWriter.compact(request).utf8))
    command.outputLimit = Self.outputLimit
    let result = try await context.commands.run(command)
    guard result.isSuccess else {
      throw FunctionError(
        .failed, "\(name) ended with \(result.exitCode): \(tail(result))", hint: "Its program is \(path).")
    }
    guard !result.isTruncated else {
      throw FunctionError(
        .failed, "\(name) printed more than \(Self.outputLimit) bytes.", hint: "Its program is \(path).")
    }
    guard !result.outputText.trimmed().isEmpty else { return .null }
    do { return try JSONParser.parse(result.standardOutput) } catch {
      throw FunctionError(.failed, "\(name) printed no JSON: \(error)", hint: "Its program is \(path).")
    }
  }

  /// The end of standard error, where programs say what went wrong.
  private func tail(_ result: CommandResult) -> String {
    let text = result.errorText.trimmed()
    return text.count > Self.errorTail ? "…" + text.suffix(Self.errorTail) : text
  }
}
