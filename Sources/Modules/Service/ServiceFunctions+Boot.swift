import Functions
import Value

extension ServiceFunctions {
  static let boot: [Function] = [
    enabling("service.enable", true, "Has a service start at boot."),
    enabling("service.disable", false, "Keeps a service from starting at boot."),
    Function(
      "service.systemctl_reload", "Has systemd read its unit files again.",
      details: "Returns true.\n\nExample: `brine run 'web*' service.systemctl_reload`", effect: .change
    ) { _, context in
      let provider = try ServiceProviders.provider(for: context)
      if !context.isTest { try await provider.reloadConfiguration() }
      return true
    },
  ]

  private static func enabling(_ function: String, _ isEnabled: Bool, _ summary: String) -> Function {
    Function(
      function, summary,
      details: """
        Returns true. It neither starts nor stops the service now. A unit that does not exist or is masked is an error.

        Example: `brine run 'web*' \(function) nginx`
        """,
      effect: .change, parameters: [name, notWaiting] + (isEnabled ? [unmask, unmaskRuntime] : [])
    ) { arguments, context in
      let provider = try ServiceProviders.provider(for: context)
      let options = options(arguments, unmask: isEnabled)
      if context.isTest {
        try await provider.check(arguments.string("name"), options: options)
      } else {
        try await provider.setEnabled(isEnabled, arguments.string("name"), options: options)
      }
      return true
    }
  }
}
