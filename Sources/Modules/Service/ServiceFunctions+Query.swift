import Functions
import OrderedCollections
import Value

extension ServiceFunctions {
  static let queries: [Function] = [status, enabled, disabled, available, missing, show, execs]

  private static let status = Function(
    "service.status", "Whether a service runs.",
    details: """
      Returns true or false; for a shell pattern a map from name to true or false. A service that is not there does not \
      run: service.available tells the difference.

      Examples: `brine run 'web*' service.status nginx`, `brine run '*' service.status 'ssh*'`
      """,
    effect: .inspect,
    parameters: [
      .required("name", .string, "The service, or a shell pattern."),
      .optional("sig", .any, "Accepted for Salt's sake and not used."),
    ]
  ) { arguments, context in
    let provider = try ServiceProviders.provider(for: context)
    let name = arguments.string("name")
    guard UnitName.isPattern(name) else { return .bool(try await provider.status(of: [name])[name] ?? false) }
    let names = try await provider.all().filter { UnitName.matches($0, pattern: name) }
    // A template itself never runs, and systemctl does not take it.
    let states = try await provider.status(of: names.filter { !UnitName.isTemplate("\($0).service") })
    var map: ValueMap = [:]
    for name in names { map[name] = .bool(states[name] ?? false) }
    return .map(map)
  }

  private static func query(
    _ function: String, _ summary: String, _ details: String,
    _ answer: @escaping @Sendable (any ServiceProvider, String) async throws -> Bool
  ) -> Function {
    Function(
      function, summary, details: "\(details)\n\nExample: `brine run 'web*' \(function) nginx`", effect: .inspect,
      parameters: [name]
    ) { arguments, context in
      .bool(try await answer(ServiceProviders.provider(for: context), arguments.string("name")))
    }
  }

  private static let enabled = query(
    "service.enabled", "Whether a service starts at boot.",
    "Returns true or false. A static unit, which others start, counts as enabled, as systemctl has it."
  ) { try await $0.isEnabled($1) }

  private static let disabled = query(
    "service.disabled", "Whether a service does not start at boot.", "The opposite of service.enabled."
  ) { try await !$0.isEnabled($1) }

  private static let available = query(
    "service.available", "Whether there is such a service on the host.",
    "Returns true or false. A masked unit is there; an instance of a template is when the template is."
  ) { try await $0.isAvailable($1) }

  private static let missing = query(
    "service.missing", "Whether there is no such service on the host.", "The opposite of service.available."
  ) { try await !$0.isAvailable($1) }

  private static let show = Function(
    "service.show", "All properties that systemd has of a unit.",
    details: """
      Returns a map. Commands such as ExecStart are maps (`path`, `argv[]`, …), Before, After and Wants are lists, \
      everything else is a string as systemctl prints it.

      Example: `brine run web1 service.show nginx`
      """,
    effect: .inspect, parameters: [name]
  ) { arguments, context in
    .map(try await ServiceProviders.provider(for: context).show(arguments.string("name")))
  }

  private static let execs = Function(
    "service.execs", "The program that each service starts.",
    details: """
      Returns `{service: path}` for every service with an ExecStart (systemd).

      Example: `brine run web1 service.execs`
      """,
    effect: .inspect
  ) { _, context in
    let programs = try await ServiceProviders.provider(for: context).execs()
    var map: ValueMap = [:]
    for (name, path) in programs.sorted(by: { $0.key < $1.key }) { map[name] = .string(path) }
    return .map(map)
  }
}
