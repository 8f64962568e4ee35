public import Functions
import Value

/// `service.*`: services on systemd and on init scripts, with Salt's names, arguments and returns.
public enum ServiceFunctions {
  public static let all: [Function] = queries + lists + actions + boot + masks

  // MARK: Parameters that several functions share

  static let name = Parameter.required("name", .string, "The service; on systemd any unit, `.service` may be left out.")
  static let notWaiting = Parameter.optional(
    "no_block", .bool, default: false, "Returns when the job is queued instead of when it is done (systemd).")
  static let unmask = Parameter.optional("unmask", .bool, default: false, "Removes a mask first (systemd).")
  static let unmaskRuntime = Parameter.optional(
    "unmask_runtime", .bool, default: false, "Removes a mask that lasts until the next boot first (systemd).")
  static let runtime = Parameter.optional(
    "runtime", .bool, default: false, "The mask that lasts until the next boot instead of the lasting one.")

  static func options(_ arguments: Arguments, unmask: Bool) -> ServiceOptions {
    ServiceOptions(
      isNotWaiting: arguments.bool("no_block"), isUnmasking: unmask && arguments.bool("unmask"),
      isUnmaskingRuntime: unmask && arguments.bool("unmask_runtime"), isMaskIgnored: !unmask)
  }
}
