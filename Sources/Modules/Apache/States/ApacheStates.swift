public import Functions
import Value

/// States `apache_module`, `apache_site` and `apache_conf`: what Debian's Apache has switched on.
public enum ApacheStates {
  public static let all: [StateFunction] = ApachePart.all.flatMap { [state($0, true), state($0, false)] }

  private static func state(_ part: ApachePart, _ enabled: Bool) -> StateFunction {
    let verb = enabled ? "enable" : "disable"
    return StateFunction(
      "apache_\(part.noun).\(verb)d", "Has a \(part.noun) of Apache's switched \(enabled ? "on" : "off").",
      details: "Changes are `{old, new}`. Apache is not restarted: a service that watches this is.",
      parameters: [.required("name", .string, "The name, with its ending or without.")]
    ) { arguments, context in
      let name = arguments.string("name")
      let failure = "Failed to \(verb) \(name) Apache \(part.noun)"
      do {
        guard try part.isEnabled(name, context.functions.files) != enabled else {
          return StateResult(true, "\(name) already \(verb)d.")
        }
        let changes: ValueMap = ["old": enabled ? .null : .string(name), "new": enabled ? .string(name) : .null]
        if context.isTest {
          return StateResult(nil, "Apache \(part.noun) \(name) is set to be \(verb)d.", changes: changes)
        }
        let (status, isDone, words) = try await part.set(name, enabled: enabled, context.functions)
        guard !isDone else { return StateResult(true, "", changes: changes) }
        let said = words.isEmpty ? "" : "\n\(words)"
        return StateResult(false, failure + (status.stringValue.map { " (\($0))" } ?? "") + said)
      } catch {
        return StateResult(false, "\(failure)\n\((error as? FunctionError)?.description ?? String(describing: error))")
      }
    }
  }
}
