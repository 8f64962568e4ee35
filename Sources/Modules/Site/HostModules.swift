public import Functions
import HostSystem
import Value

/// The functions and states of a host: those that come with Brine, and those of its site.
public struct HostModules: Sendable {
  /// Where the site's programs are.
  public var directories: [String]

  public init(directories: [String]) { self.directories = directories }

  /// Reads the site's programs; what is wrong with one is a problem of that one alone.
  public func load() -> (functions: FunctionRegistry, states: StateRegistry, problems: [SiteFunctionProblem]) {
    let functions = BuiltInFunctions.registry
    let states = BuiltInStates.registry
    let site = SiteFunctions.load(
      directories: directories, files: HostFiles(), builtIn: Set(functions.names), builtInStates: Set(states.names),
      parse: { try YAMLParser.parse($0, file: "signature").value })
    return (functions.adding(site.functions), states.adding(site.states), site.problems)
  }
}
