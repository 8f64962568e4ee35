public import Value

/// All functions of a program, by name.
public struct FunctionRegistry: Sendable {
  private let functions: [String: Function]
  public let names: [String]

  public init(_ functions: [Function]) {
    self.functions = Dictionary(functions.map { ($0.signature.name, $0) }, uniquingKeysWith: { _, last in last })
    names = self.functions.keys.sorted()
  }

  public subscript(_ name: String) -> Function? { functions[name] }

  public var signatures: [FunctionSignature] { names.compactMap { functions[$0]?.signature } }

  /// A registry that also has the given functions; a later one of the same name replaces.
  public func adding(_ more: [Function]) -> FunctionRegistry { FunctionRegistry(Array(functions.values) + more) }

  /// The function of that name, or an error that names the nearest ones.
  public func function(named name: String) throws(FunctionError) -> Function {
    if let function = functions[name] { return function }
    let near = NearestName.candidates(for: name, among: names)
    throw FunctionError(
      .unknownFunction, "'\(name)' is not a function here.",
      hint: near.isEmpty ? "`brine docs` lists the functions." : "Did you mean \(near.joined(separator: " or "))?")
  }

  /// Checks the arguments against the signature and runs the function.
  public func call(_ name: String, _ call: CallArguments, _ context: FunctionContext) async throws -> Value {
    let function = try function(named: name)
    let arguments = try Arguments(binding: call, to: function.signature)
    return try await function.body(arguments, context)
  }
}
