import Functions
import OrderedCollections
import States
import Value

extension StateFunctions {
  static let parts: [Function] = [
    function(
      "state.single", "Calls one state function.",
      details: "\(returned)\n\nExample: `brine run web1 state.single pkg.installed vim`.", effect: .change,
      parameters: [
        .required("fun", .string, "The state function, `module.function`."),
        .required("name", .string, "Its name: the file, the package, …"), test,
      ] + reading + running + [.keywords("kwargs", "The state's arguments.")]
    ) { arguments, engine in
      try await engine.single(
        arguments.string("fun"), name: arguments.string("name"), arguments: arguments.map("kwargs"))
    },
    function(
      "state.low", "Calls one low chunk.",
      details: "Returns the state's return alone.\n\nExample: `brine run web1 state.low '{state: pkg, fun: installed, "
        + "name: vim}'`.", effect: .change,
      parameters: [.required("data", .map, "`state`, `fun`, `name`, and arguments."), test] + reading + running
    ) { arguments, engine in try await engine.low(arguments.map("data")) },
    function(
      "state.high", "Applies high data.",
      details: "\(returned)\n\nExample: `brine run web1 state.high '{vim: {pkg: [installed]}}'`.", effect: .change,
      parameters: [.required("data", .map, "What an SLS renders to."), test] + reading + running
    ) { arguments, engine in try await engine.apply(high: arguments.map("data")) },
    function(
      "state.template", "Applies an SLS file of this host by its path.", details: returned, effect: .change,
      parameters: [.required("tem", .string, "The path; `.sls` may be left out."), test] + reading + running
    ) { arguments, engine in try await engine.apply(file: arguments.string("tem")) },
    function(
      "state.template_str", "Applies a text as if it were an SLS.",
      details: "\(returned)\n\nThe text may not include other SLS.", effect: .change,
      parameters: [.required("tem", .string, "The text."), test] + reading + running
    ) { arguments, engine in try await engine.apply(template: arguments.string("tem")) },
  ]
}
