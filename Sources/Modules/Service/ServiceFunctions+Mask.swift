import Functions
import Value

extension ServiceFunctions {
  static let masks: [Function] = [
    masking("service.mask", true, "Makes it impossible to start a unit, by hand or by others."),
    masking("service.unmask", false, "Removes the mask of a unit."),
    Function(
      "service.masked", "Whether a unit is masked.",
      details: """
        Returns true when there is a mask of the kind asked about, lasting or until the next boot.

        Example: `brine run '*' service.masked telnet.socket`
        """,
      effect: .read, parameters: [name, runtime]
    ) { arguments, context in
      let provider = try ServiceProviders.provider(for: context)
      return .bool(try provider.isMasked(arguments.string("name"), runtime: arguments.bool("runtime")))
    },
  ]

  private static func masking(_ function: String, _ isMasked: Bool, _ summary: String) -> Function {
    Function(
      function, summary,
      details:
        "Returns true, also when it was so already (systemd).\n\nExample: `brine run '*' \(function) telnet.socket`",
      effect: .change, parameters: [name, runtime]
    ) { arguments, context in
      let provider = try ServiceProviders.provider(for: context)
      let (name, runtime) = (arguments.string("name"), arguments.bool("runtime"))
      if context.isTest {
        _ = try provider.isMasked(name, runtime: runtime)
      } else {
        try await provider.setMasked(isMasked, name, runtime: runtime)
      }
      return true
    }
  }
}
