public import Functions
import OrderedCollections
import Value

/// `system.*`: power, time and name of the host.
public enum SystemFunctions {
  public static let all: [Function] =
    [
      power("system.halt", "Halts the host.") { _ in ["halt"] },
      power("system.poweroff", "Switches the host off.") { _ in ["poweroff"] },
      power("system.reboot", "Reboots the host.", [time]) { ["shutdown", "-r", try moment($0)] },
      power("system.shutdown", "Shuts the host down.", [time]) { ["shutdown", "-h", try moment($0)] },
      power(
        "system.init", "Changes the run level.",
        [.required("runlevel", .string, "The run level.", choices: ["0", "1", "2", "3", "4", "5", "6", "S", "s"])]
      ) { ["init", $0.string("runlevel")] },
      clock("system.get_system_date", "Gives the date, such as `Wed 11/25/2026`.", "%a %m/%d/%Y"),
      clock("system.get_system_time", "Gives the time, such as `10:23:05 PM`.", "%I:%M:%S %p"),
      clock("system.get_system_date_time", "Gives date and time.", "%Y-%m-%d %H:%M:%S"),
      getDescription, setDescription, getName, setName, hasClock,
    ]

  private static let time = Parameter.optional(
    "at_time", .string, "When, as shutdown(8) takes it, such as `5` (minutes) or `23:30`; now without it.")

  private static func moment(_ arguments: Arguments) throws -> String {
    guard let text = arguments.optionalString("at_time"), !text.isEmpty, text != "now" else { return "now" }
    guard text.utf8.allSatisfy({ (0x30...0x3A).contains($0) || $0 == UInt8(ascii: "+") }) else {
      throw FunctionError(.badArguments, "'\(text)' is not a time of shutdown(8).", hint: "Such as 5, 23:30 or now.")
    }
    return text.contains(":") || text.hasPrefix("+") ? text : "+\(text)"
  }

  private static func power(
    _ name: String, _ summary: String, _ parameters: [Parameter] = [],
    _ argv: @escaping @Sendable (Arguments) throws -> [String]
  ) -> Function {
    Function(name, summary, details: "Returns what the program prints.", effect: .change, parameters: parameters) {
      arguments, context in
      let argv = try argv(arguments)
      try context.stopIfTest("run `\(argv.joined(separator: " "))`")
      return .string(try await context.output(of: argv, package: "systemd-sysv").trimmed())
    }
  }

  /// - Parameter format: of date(1).
  private static func clock(_ name: String, _ summary: String, _ format: String) -> Function {
    Function(
      name, summary, effect: .inspect,
      parameters: [.optional("utc_offset", .string, "Of that time zone, such as `+0200`; else the host's.")]
    ) { arguments, context in
      var argv = ["date", "+\(format)"]
      if let offset = arguments.optionalString("utc_offset") {
        let digits = offset.drop { "+-".contains($0) }
        guard digits.count == 4, digits.allSatisfy(\.isNumber) else {
          throw FunctionError(.badArguments, "Invalid UTC offset")
        }
        // POSIX counts the other way round.
        let sign = offset.hasPrefix("-") ? "+" : "-"
        argv = ["env", "TZ=UTC\(sign)\(digits.prefix(2)):\(digits.suffix(2))"] + argv
      }
      return .string(try await context.output(of: argv, package: "coreutils").trimmed())
    }
  }

  private static let getDescription = Function(
    "system.get_computer_desc", "Gives the host's pretty name.", effect: .inspect
  ) { _, context in
    .string(try await context.output(of: ["hostnamectl", "status", "--pretty"], package: "systemd").trimmed())
  }

  private static let setDescription = Function(
    "system.set_computer_desc", "Sets the host's pretty name.", details: "Returns whether that worked.",
    effect: .change, parameters: [.required("desc", .string, "The name.")]
  ) { arguments, context in
    if context.isTest { return true }
    let argv = ["hostnamectl", "set-hostname", "--pretty", "--", arguments.string("desc")]
    return .bool(try await context.start(argv, package: "systemd").isSuccess)
  }

  private static let getName = Function("system.get_computer_name", "Gives the host's name.", effect: .inspect) {
    _, context in
    .string(try await context.output(of: ["hostname"], package: "hostname").trimmed())
  }

  private static let setName = Function(
    "system.set_computer_name", "Sets the host's name; the same as network.mod_hostname.", effect: .change,
    parameters: [.required("hostname", .string, "The name.")]
  ) { arguments, context in
    try await NetworkFunctions.modHostname.call(["hostname": arguments["hostname"]], context)
  }

  private static let hasClock = Function(
    "system.has_settable_hwclock", "Tells whether there is a hardware clock that can be set.", effect: .inspect
  ) { _, context in
    guard context.commands.which("hwclock") != nil else { return false }
    return .bool(try await context.commands.run("hwclock", "--test", "--systohc").isSuccess)
  }
}
