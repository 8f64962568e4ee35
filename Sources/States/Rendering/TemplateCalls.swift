import Functions
import Jinja
import OrderedCollections
import Value

/// Calls the host's functions for a template, whose thread waits for them.
struct TemplateCalls {
  private let context: FunctionContext
  private let bridge: TaskBridge

  init(_ context: FunctionContext, _ bridge: TaskBridge) {
    var context = context
    // Templates see plain pillar values, and a command that a template asks does not decide how the job ends.
    context.options["pillar_mask_output"] = false
    context.isNested = true
    context.reportExitCode = { _ in }
    self.context = context
    self.bridge = bridge
  }

  var names: [String] { context.registry.names }

  func exists(_ name: String) -> Bool { context.registry[name] != nil }

  /// - Throws: `TemplateFailure` with the function's name and what it says.
  func call(_ name: String, _ arguments: TemplateArguments) throws -> TemplateValue {
    guard !bridge.isCancelled else { throw TemplateFailure(.limit, "the run was given up") }
    var named = ValueMap(minimumCapacity: arguments.named.count)
    for (key, value) in arguments.named { named[key] = try value.value() }
    let call = CallArguments(try arguments.positional.map { try $0.value() }, named: named)
    do {
      let function = try context.registry.function(named: name)
      let bound = try Arguments(binding: call, to: function.signature)
      let context = context
      let value = try bridge.wait { try await function.body(bound, context) }
      return CallResultOrder(name, arguments, call).templateValue(value)
    } catch let error as FunctionError {
      throw TemplateFailure(.hostFunction, "\(name): \(error.message)", hint: error.hint)
    } catch {
      throw TemplateFailure(.hostFunction, "\(name): \(error)")
    }
  }
}
