import Functions
import Value

extension ServiceFunctions {
  static let actions: [Function] = [
    action("service.start", .start, "Starts a service."),
    action("service.stop", .stop, "Stops a service."),
    action("service.restart", .restart, "Stops a service if it runs, and starts it."),
    action("service.reload", .reload, "Has a service read its configuration again without stopping it."),
    action(
      "service.force_reload", .forceReload, "Reloads a service if it can, else restarts it.", isNotWaiting: true),
  ]

  private static func action(
    _ function: String, _ action: ServiceAction, _ summary: String, isNotWaiting: Bool = false
  ) -> Function {
    let waiting = Parameter.optional("no_block", .bool, default: .bool(isNotWaiting), notWaiting.documentation)
    let isUnmasking = action.endsRunning
    return Function(
      function, summary,
      details: """
        Returns true when it is done. A failure is an error that tells the unit's result and the last lines of its \
        journal; so are a unit that does not exist and one that is masked. With `test=True` only these two are looked at.

        Example: `brine run 'web*' \(function) nginx`
        """,
      effect: .change, parameters: [name, waiting] + (isUnmasking ? [unmask, unmaskRuntime] : [])
    ) { arguments, context in
      let provider = try ServiceProviders.provider(for: context)
      let options = options(arguments, unmask: isUnmasking)
      if context.isTest {
        try await provider.check(arguments.string("name"), options: options)
      } else {
        try await provider.perform(action, arguments.string("name"), options: options)
      }
      return true
    }
  }
}
