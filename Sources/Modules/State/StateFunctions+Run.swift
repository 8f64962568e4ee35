import Functions
import OrderedCollections
import States
import Value

extension StateFunctions {
  private static let mods = Parameter.optional(
    "mods", .stringList, "SLS by their dotted names, a list or joined by commas; without any, what the top file has.")
  private static let whitelist = Parameter.optional(
    "whitelist", .stringList, "The only SLS of the top file that count.")

  static let runs: [Function] = [
    function(
      "state.apply", "Applies SLS, or what the top file has for this host, to it.",
      details: "\(returned)\n\nExample: `brine run web1 state.apply nginx test=True`.", effect: .change,
      parameters: [mods, test, exclude] + reading + [whitelist] + running
    ) { arguments, engine in try await apply(arguments, engine) },
    function(
      "state.test", "The same as `state.apply` with `test=True`.", details: returned, effect: .inspect,
      parameters: [mods, exclude] + reading + [whitelist] + running
    ) { arguments, engine in try await apply(arguments, engine.testing()) },
    function(
      "state.highstate", "Applies what the top file has for this host to it.",
      details: "\(returned)\n\nExample: `brine run web1 state.highstate test=True`.", effect: .change,
      parameters: [test, exclude] + reading + [whitelist] + running
    ) { _, engine in try await engine.applyHighState() },
    function(
      "state.sls", "Applies SLS to this host.",
      details: "\(returned)\n\nExample: `brine run web1 state.sls nginx,php exclude=php.debug`.", effect: .change,
      parameters: [sls, test, exclude] + reading + running
    ) { arguments, engine in try await engine.apply(arguments.strings("mods")) },
    function(
      "state.sls_id", "Applies one id of SLS, and what it requires, to this host.",
      details: "\(returned)\n\nExample: `brine run web1 state.sls_id nginx_config nginx`.", effect: .change,
      parameters: [.required("id_", .string, "The id of the declaration."), sls, test] + reading + running
    ) { arguments, engine in
      try await engine.apply(id: arguments.string("id_"), of: arguments.strings("mods"))
    },
    function(
      "state.top", "Applies another top file than the configured one.",
      details: "\(returned)\n\nExample: `brine run web1 state.top reverse_top.sls`.", effect: .change,
      parameters: [.required("topfn", .string, "The top file, below the roots."), test, exclude] + reading
        + [whitelist] + running
    ) { arguments, engine in
      try await engine.withTopFile(arguments.string("topfn")).applyHighState()
    },
  ]

  private static func apply(_ arguments: Arguments, _ engine: StateEngine) async throws -> Value {
    let names = arguments.strings("mods")
    return try await names.isEmpty ? engine.applyHighState() : engine.apply(names)
  }
}
