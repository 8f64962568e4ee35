public import Value

/// A function a minion can run: its signature and its body.
public struct Function: Sendable {
  public typealias Body = @Sendable (Arguments, FunctionContext) async throws -> Value

  public var signature: FunctionSignature
  public var body: Body

  public init(
    _ name: String, _ summary: String, details: String = "", effect: FunctionEffect, parameters: [Parameter] = [],
    body: @escaping Body
  ) {
    signature = FunctionSignature(
      name: name, summary: summary, details: details, parameters: parameters, effect: effect)
    self.body = body
  }
}
