public import Functions
import OrderedCollections
import Value

/// `virtualenv.*`.
public enum VirtualenvFunctions {
  public static let all: [Function] = [create]

  private static let create = Function(
    "virtualenv.create", "Makes a virtual environment of Python.", details: "Returns what `cmd.run_all` returns.",
    effect: .change,
    parameters: [.required("path", .string, "Where it is to be.")] + VirtualEnvironment.parameters
  ) { arguments, context in
    let environment = try VirtualEnvironment(arguments.string("path"), context)
    try context.stopIfTest("make the virtual environment \(environment.path)")
    return .map(try await environment.create(arguments))
  }
}
