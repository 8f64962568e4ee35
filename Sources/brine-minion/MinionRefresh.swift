import Functions
import Minion
import Modules
import Value

/// Looks at this host again while a run of states goes on.
struct MinionRefresh: HostRefresh {
  let configuration: MinionConfiguration

  func grains() async -> ValueMap { await HostGrains(configuration: configuration).collect().grains }

  func modules() -> (functions: FunctionRegistry, states: StateRegistry) {
    let modules = HostModules(directories: configuration.functionDirectories).load()
    return (modules.functions, modules.states)
  }
}
