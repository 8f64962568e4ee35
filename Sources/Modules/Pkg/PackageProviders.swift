import Functions
import HostSystem
import Value

/// Chooses the package system of a host.
enum PackageProviders {
  /// By the `os_family` grain, else by which programs are there.
  ///
  /// - Throws: `FunctionError.Code.unavailable` when there is neither apt nor dnf.
  static func provider(for context: FunctionContext) throws(FunctionError) -> any PackageProvider {
    let isAptThere = context.commands.which("apt-get") != nil && context.commands.which("dpkg-query") != nil
    let dnf = DnfProvider.Tool.allCases.first { context.commands.which($0.rawValue) != nil }
    let family = context.grains["os_family"]?.stringValue
    if family == "Debian" || (family != "RedHat" && isAptThere) {
      guard isAptThere else { throw missing("apt-get and dpkg-query") }
      return AptProvider(context)
    }
    guard let dnf else {
      throw missing(family == "RedHat" ? "dnf, microdnf or yum" : "apt-get with dpkg-query, dnf, microdnf or yum")
    }
    return DnfProvider(context, tool: dnf)
  }

  private static func missing(_ programs: String) -> FunctionError {
    FunctionError(
      .unavailable, "This host has no package system that is known here: \(programs) not found in PATH.",
      hint: "Check PATH of the brine-minion service, or use cmd.run.")
  }
}
