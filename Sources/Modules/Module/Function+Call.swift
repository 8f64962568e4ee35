import Functions
import Value

extension Function {
  /// Runs the function with arguments by name, checked against its signature.
  func call(_ named: ValueMap, _ context: FunctionContext) async throws -> Value {
    try await body(Arguments(binding: CallArguments([], named: named), to: signature), context)
  }
}
