import HostSystem
public import Value

/// SELinux, where its tools are installed: `selinux` with `enabled` and `enforced`.
public struct SELinuxCollector: GrainCollector {
  public init() {}

  public func collect(_ context: GrainContext) async -> ValueMap {
    guard context.commands.which("selinuxenabled") != nil else { return [:] }
    let enforce = context.files.firstLine("/sys/fs/selinux/enforce")
    var selinux: ValueMap = ["enabled": .bool(enforce != nil)]
    if context.commands.which("getenforce") != nil {
      selinux["enforced"] = .string(enforce.map { $0 == "1" ? "Enforcing" : "Permissive" } ?? "Disabled")
    }
    return ["selinux": .map(selinux)]
  }
}
