public import Functions
import OrderedCollections
import Value

/// States `timezone.*`.
public enum TimezoneStates {
  public static let all: [StateFunction] = [system]

  private static let system = StateFunction(
    "timezone.system", "Has the host in a time zone, and its hardware clock in UTC.",
    details: "Changes are `{timezone: zone, utc: true}`.",
    parameters: [
      .required("name", .string, "The zone, such as Europe/Berlin."),
      .optional("utc", .bool, default: true, "Whether the hardware clock is to run in UTC."),
    ]
  ) { arguments, context in
    let name = arguments.string("name")
    let clock = SystemClock(context.functions)
    let isThere: Bool
    do { isThere = try clock.isIn(name) } catch {
      return StateResult(false, "Unable to compare desired timezone '\(name)' to system timezone: \(reason(error))")
    }
    let needsUTC = arguments.bool("utc") && clock.hardwareClock == "localtime"
    if isThere, !needsUTC {
      let utc = arguments.bool("utc") ? ", UTC already set to \(name)" : ""
      return StateResult(true, "Timezone \(name) already set\(utc)")
    }
    if context.isTest {
      let messages =
        (isThere ? [] : ["Timezone \(name) needs to be set"]) + (needsUTC ? ["UTC needs to be set to True"] : [])
      return StateResult(nil, messages.joined(separator: ", "))
    }
    var result = StateResult(true, "")
    var messages: [String] = []
    if !isThere {
      do {
        try await clock.setZone(name)
        result.changes["timezone"] = .string(name)
        messages.append("Set timezone \(name)")
      } catch {
        result.result = false
        messages.append("Failed to set timezone: \(reason(error))")
      }
    }
    if needsUTC {
      do {
        try await clock.setHardwareClock("UTC")
        result.changes["utc"] = true
        messages.append("Set UTC to True")
      } catch {
        result.result = false
        messages.append("Failed to set UTC to True: \(reason(error))")
      }
    }
    result.comment = messages.joined(separator: ", ")
    return result
  }

  private static func reason(_ error: any Error) -> String {
    (error as? FunctionError)?.description ?? String(describing: error)
  }
}
