public import Functions
import HostSystem
import Value

/// States `service.*`: services that run or do not, now and at boot.
public enum ServiceStates {
  public static let all: [StateFunction] = [running, dead, enabled, disabled, masked, unmasked]

  static let name = Parameter.required("name", .string, "The service; on systemd any unit, `.service` may be left out.")

  /// What services that run, or do not, take.
  static let common: [Parameter] = [
    name,
    .optional("enable", .any, "Whether it is to start at boot; without it that stays as it is."),
    .optional("sig", .any, "Taken for compatibility and not used."),
    .optional("init_delay", .number, "Seconds to wait after the service was started or stopped."),
    .optional("no_block", .bool, default: false, "Go on when the job is queued instead of when it is done (systemd)."),
    .optional("unmask", .bool, default: false, "Removes a mask first (systemd)."),
    .optional("unmask_runtime", .bool, default: false, "The mask is one that lasts until the next boot."),
    .optional("reload", .bool, default: false, "When something watched changed: reload instead of restart."),
    .optional("full_restart", .bool, default: false, "When something watched changed: the same as a restart here."),
    .optional("force", .bool, default: false, "With reload: restart where it cannot reload."),
    .optional("timeout", .any, "Taken for compatibility; only Windows needs it."),
    .optional("wait", .any, "Taken for compatibility; only Windows needs it."),
    .optional("enabled", .any, "Refused: the option is called enable."),
    .keywords("kwargs", "Taken for compatibility and not used."),
  ]

  /// Salt reads texts such as `yes` as well.
  static func wantsEnabled(_ arguments: Arguments) -> Bool? {
    switch arguments["enable"] {
    case .null: nil
    case .bool(let value): value
    case .string(let text): ["true", "yes", "on", "1"].contains(text.lowercased())
    default: nil
    }
  }

  static func delay(_ arguments: Arguments) async throws {
    guard let seconds = arguments.double("init_delay"), seconds > 0, seconds < 86400 else { return }
    try await Task.sleep(for: .milliseconds(Int(seconds * 1000)))
  }

  static func reason(_ error: any Error) -> String {
    (error as? FunctionError)?.description ?? String(describing: error)
  }

  static func unavailable(_ name: String) -> String { "The named service \(name) is not available" }

  /// systemd is installed but not what runs here (an image that is being built): there is nobody to start anything.
  static func isOffline(_ context: StateContext) -> Bool {
    let grain = context.functions.grains["init"]?.stringValue ?? "unknown"
    return ["systemd", "unknown"].contains(grain) && !context.functions.files.isDirectory("/run/systemd/system")
      && context.functions.commands.which("systemctl") != nil
  }

  static let offline = StateResult(true, "Running in OFFLINE mode. Nothing to do")

  static func misspelt(_ name: String) -> StateResult {
    StateResult(
      false, "Service \(name) uses non-existent option \"enabled\".  Perhaps \"enable\" option was intended?")
  }
}
