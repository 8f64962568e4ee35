import Functions
import Value

extension RunRules {
  /// The rules that a host's configuration sets (`failhard`, `state_max_parallel`, `state_aggregate`).
  init(_ context: FunctionContext) {
    isTest = context.isTest
    isFailHard = context.options["failhard"] == true
    maximumParallel = context.options["state_max_parallel"]?.intValue.map { Int(clamping: max(0, $0)) } ?? 0
    let option = context.options["state_aggregate"] ?? false
    for module in context.states.aggregateModules {
      aggregateModules[module] = option == true || option.listValue?.contains(.string(module)) == true
    }
  }
}
