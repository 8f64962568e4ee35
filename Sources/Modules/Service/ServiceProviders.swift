import Functions
import HostSystem
import OrderedCollections
import Value

/// Chooses the init system of a host.
enum ServiceProviders {
  /// By the `init` grain; without one by what runs: systemd has its directory in /run only where it is process 1.
  ///
  /// - Throws: `FunctionError.Code.unavailable` when there is none.
  static func provider(for context: FunctionContext) throws(FunctionError) -> any ServiceProvider {
    let grain = context.grains["init"]?.stringValue ?? "unknown"
    let isSystemd =
      grain == "systemd" || (grain == "unknown" && context.files.isDirectory("/run/systemd/system"))
    if isSystemd, context.commands.which("systemctl") != nil { return SystemdProvider(context) }
    if !isSystemd, context.files.isDirectory("/etc/init.d") { return SysvProvider(context) }
    if context.grains["systemd"]?.mapValue != nil, context.commands.which("systemctl") != nil {
      return SystemdProvider(context)
    }
    throw FunctionError(
      .unavailable, "This host has no init system that is known here: neither systemd runs nor is there /etc/init.d.",
      hint: "In a container without an init system use cmd.run.")
  }
}
