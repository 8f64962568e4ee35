import Functions
import OrderedCollections
import States
import Value

extension StateFunctions {
  private static let accepted = Parameter.optional(
    "queue", .any, "Taken for compatibility; showing does not wait for state runs.")
  private static let problems = "A tree that cannot be compiled is a list of sentences and exit code 1."

  static let shows: [Function] = [
    function(
      "state.show_sls", "The high data of SLS: what they render to.",
      details: "`extend`, `_in` requisites and `use` are not applied. \(problems)", effect: .inspect,
      parameters: [sls, test, exclude, accepted] + reading
    ) { arguments, engine in try await engine.showSLS(arguments.strings("mods")) },
    function(
      "state.show_low_sls", "The low chunks of SLS in order.",
      details: "`extend`, `_in` requisites and `use` are not applied. \(problems)", effect: .inspect,
      parameters: [sls, test, exclude, accepted] + reading
    ) { arguments, engine in try await engine.showLowSLS(arguments.strings("mods")) },
    function(
      "state.show_highstate", "The high data of what the top file has for this host.", details: problems,
      effect: .inspect, parameters: [accepted, exclude] + reading
    ) { _, engine in try await engine.showHighState() },
    function(
      "state.show_lowstate", "The low chunks of what the top file has for this host, in the order of a run.",
      details: "The target of a `prereq` stands twice: first for its trial in test mode. \(problems)",
      effect: .inspect, parameters: [accepted, exclude] + reading
    ) { _, engine in try await engine.showLowState() },
    function(
      "state.show_states", "The SLS that the states of a highstate come from, in the order of a run.",
      details: problems, effect: .inspect, parameters: [accepted, exclude] + reading
    ) { _, engine in try await engine.showStates() },
    function(
      "state.show_top", "What the top file has for this host: `{environment: [sls, …]}`.", details: problems,
      effect: .inspect, parameters: [accepted] + reading
    ) { _, engine in try await engine.showTop() },
  ]

  static let questions: [Function] = [
    function(
      "state.sls_exists", "Whether all SLS are there and can be rendered.", details: "", effect: .inspect,
      parameters: [sls, test, accepted] + reading
    ) { arguments, engine in .bool(try await engine.exists(arguments.strings("mods"))) },
    function(
      "state.id_exists", "Whether all ids are declared in SLS.",
      details: "Example: `brine run web1 state.id_exists nginx_config nginx`.", effect: .inspect,
      parameters: [.required("ids", .stringList, "Ids, joined by commas."), sls, test, accepted] + reading
    ) { arguments, engine in
      .bool(try await engine.declares(arguments.strings("ids"), in: arguments.strings("mods")))
    },
    Function(
      "state.running",
      "The state run that is under way on this host, as a sentence in a list; empty when there is none.",
      effect: .read, parameters: [.optional("concurrent", .bool, default: false, "True: always empty, as in Salt.")]
    ) { arguments, context in
      arguments.bool("concurrent") ? [] : .strings(StateEngine.running(context))
    },
  ]
}
