public import Functions
import Value

/// `timezone.*`: the host's time zone and hardware clock.
public enum TimezoneFunctions {
  public static let all: [Function] = [getZone, compare, setZone, getHardwareClock, setHardwareClock]

  private static let zone = Parameter.required("timezone", .string, "The zone, such as Europe/Berlin.")

  private static let getZone = Function(
    "timezone.get_zone", "Gives the host's time zone.",
    details: "Returns its name.\n\nExample: `brine run '*' timezone.get_zone`.", effect: .read
  ) { _, context in .string(SystemClock(context).zone) }

  private static let compare = Function(
    "timezone.zone_compare", "Tells whether the host's time is that of a zone.",
    details: "Returns True or False.\n\nExample: `brine run '*' timezone.zone_compare Etc/UTC`.", effect: .read,
    parameters: [zone]
  ) { arguments, context in .bool(try SystemClock(context).isIn(arguments.string("timezone"))) }

  private static let setZone = Function(
    "timezone.set_zone", "Sets the host's time zone.",
    details: "Returns True.\n\nExample: `brine run '*' timezone.set_zone Etc/UTC`.", effect: .change, parameters: [zone]
  ) { arguments, context in
    let clock = SystemClock(context)
    let isSet = try clock.isIn(arguments.string("timezone"))
    if !isSet, !context.isTest { try await clock.setZone(arguments.string("timezone")) }
    return true
  }

  private static let getHardwareClock = Function(
    "timezone.get_hwclock", "Tells what time the hardware clock has.",
    details: "Returns `UTC` or `localtime`.\n\nExample: `brine run '*' timezone.get_hwclock`.", effect: .read
  ) { _, context in .string(SystemClock(context).hardwareClock) }

  private static let setHardwareClock = Function(
    "timezone.set_hwclock", "Sets what time the hardware clock has.",
    details: "Returns True.\n\nExample: `brine run '*' timezone.set_hwclock UTC`.", effect: .change,
    parameters: [.required("clock", .string, "The time.", choices: ["UTC", "localtime"])]
  ) { arguments, context in
    if !context.isTest { try await SystemClock(context).setHardwareClock(arguments.string("clock")) }
    return true
  }
}
