import HostSystem
public import Value

/// The identity of the installation and how it starts: `machine_id`, `efi`, `efi-secure-boot`, `transactional`.
public struct MachineCollector: GrainCollector {
  public init() {}

  public func collect(_ context: GrainContext) async -> ValueMap {
    let files = context.files
    var grains: ValueMap = [:]
    if let path = ["/etc/machine-id", "/var/lib/dbus/machine-id"].first(where: { files.exists($0) }) {
      grains["machine_id"] = .string(files.firstLine(path) ?? "")
    }
    let firmware = ["/sys/firmware/efi/vars", "/sys/firmware/efi/efivars"].first { files.isDirectory($0) }
    grains["efi"] = .bool(firmware != nil)
    grains["efi-secure-boot"] = .bool(isSecureBoot(files))
    grains["transactional"] = .bool(context.commands.which("transactional-update") != nil)
    return grains
  }

  /// The variable's last byte is 1 when the firmware checks signatures.
  private func isSecureBoot(_ files: HostFiles) -> Bool {
    let variable = "SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"
    let paths = ["/sys/firmware/efi/vars/\(variable)/data", "/sys/firmware/efi/efivars/\(variable)"]
    return paths.contains { (try? files.read($0, limit: 4096))?.last == 1 }
  }
}
