import Functions
import HostSystem
import Value

/// Which of several providers a module has on this host, under the names that Salt gives them.
enum TestProviders {
  static func name(of module: String, _ context: FunctionContext) -> String? {
    guard context.registry.names.contains(where: { $0.hasPrefix("\(module).") }) else { return nil }
    switch module {
    case "pkg":
      return context.commands.which("apt-get") != nil
        ? "aptpkg" : ["dnf", "dnf5", "yum"].contains { context.commands.which($0) != nil } ? "yumpkg" : nil
    case "service":
      if context.files.isDirectory("/run/systemd/system") { return "systemd_service" }
      return context.files.isDirectory("/etc/init.d") ? "debian_service" : nil
    case "user": return "useradd"
    case "group": return "groupadd"
    case "shadow": return "linux_shadow"
    case "cmd": return "cmdmod"
    case "sys": return "sysmod"
    default: return module
    }
  }
}
