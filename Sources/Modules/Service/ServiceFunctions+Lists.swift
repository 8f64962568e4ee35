import Functions
import Value

extension ServiceFunctions {
  static let lists: [Function] = [
    list("service.get_all", "The names of all services on the host.") { try await $0.all() },
    list("service.get_running", "The names of the services that run.") { try await $0.running() },
    list("service.get_enabled", "The names of the services that start at boot.") {
      try await $0.names(inState: "enabled")
    },
    list("service.get_disabled", "The names of the services that do not start at boot.") {
      try await $0.names(inState: "disabled")
    },
    list("service.get_static", "The names of the units that can neither be enabled nor disabled.") {
      try await $0.names(inState: "static")
    },
  ]

  private static func list(
    _ function: String, _ summary: String,
    _ answer: @escaping @Sendable (any ServiceProvider) async throws -> [String]
  ) -> Function {
    Function(
      function, summary,
      details: """
        Returns a sorted list. Services stand without `.service`, other kinds of units with their suffix.

        Example: `brine run web1 \(function)`
        """,
      effect: .inspect
    ) { _, context in .strings(try await answer(ServiceProviders.provider(for: context))) }
  }
}
