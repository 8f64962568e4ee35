public import Functions
import HostSystem
import Value

/// `timezone.*`: the host's time zone and hardware clock.
public enum TimezoneFunctions {
  public static let all: [Function] = [
    getZone, getZoneCode, getOffset, compare, setZone, getHardwareClock, setHardwareClock,
  ]

  private static let zone = Parameter.required("timezone", .string, "The zone, such as Europe/Berlin.")

  private static let getZone = Function(
    "timezone.get_zone", "Gives the host's time zone.",
    details: "Returns its name.\n\nExample: `brine run '*' timezone.get_zone`.", effect: .read
  ) { _, context in .string(SystemClock(context).zone) }

  private static let getZoneCode = date(
    "timezone.get_zonecode", "Gives the short name of the host's time zone.", "%Z", "`CET`")
  private static let getOffset = date(
    "timezone.get_offset", "Gives how far the host's time zone is from UTC.", "%z", "`+0100`")

  /// One part of what date(1) prints.
  private static func date(_ name: String, _ summary: String, _ part: String, _ shape: String) -> Function {
    Function(
      name, summary, details: "Returns a text such as \(shape).\n\nExample: `brine run '*' \(name)`.",
      effect: .inspect
    ) { _, context in
      let result = try await context.commands.run("date", "+\(part)")
      guard result.isSuccess else {
        throw FunctionError(.failed, "date ended with \(result.exitCode): \(result.errorText.trimmed())")
      }
      return .string(result.outputText.trimmed())
    }
  }

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
