public import Functions
import OrderedCollections
import Value

/// States `status.*`: checks, which change nothing.
public enum StatusStates {
  public static let all: [StateFunction] = [
    StateFunction(
      "status.loadavg", "Checks a load average.",
      parameters: [
        .required("name", .string, "1-min, 5-min or 15-min."), .optional("maximum", .number, "It is not above this."),
        .optional("minimum", .number, "It is not below this."),
      ]
    ) { arguments, context in
      let name = arguments.string("name")
      guard let load = KernelCounters(files: context.functions.files).load()[name]?.doubleValue else {
        return result(false, "Requested load average \(name) not available ", .map([:]))
      }
      let (least, most) = (arguments.double("minimum") ?? 0, arguments.double("maximum") ?? 0)
      if least != 0, most != 0, least >= most { return result(false, "Min must be less than max", .map([:])) }
      let shown = PythonText.number(load)
      if least != 0, load < least {
        let comment = "Load avg is below minimum of \(arguments["minimum"]) at \(shown)"
        return result(false, comment, .double(load))
      }
      if most != 0, load > most {
        return result(false, "Load avg above maximum of \(arguments["maximum"]) at \(shown)", .double(load))
      }
      return result(true, "Load avg in acceptable range", .double(load))
    },
    StateFunction(
      "status.process", "Checks that a process runs.",
      parameters: [.required("name", .string, "A regular expression, searched in the lines of `ps`.")]
    ) { arguments, context in
      let name = arguments.string("name")
      let found = try await StatusFunctions.pid.call(["sig": .string(name)], context.functions)
      guard found != "" else { return result(false, "Process signature \"\(name)\" not found ", .map([:])) }
      return result(true, "Process signature \"\(name)\" was found ", found)
    },
  ]

  static func result(_ isFine: Bool, _ comment: String, _ data: Value) -> StateResult {
    StateResult(isFine, comment, extra: ["data": data])
  }
}
