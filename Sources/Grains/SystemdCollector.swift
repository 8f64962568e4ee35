import HostSystem
public import Value

/// systemd, where it is installed: `systemd` with `version` and `features`.
public struct SystemdCollector: GrainCollector {
  public init() {}

  public func collect(_ context: GrainContext) async -> ValueMap {
    guard context.commands.which("localectl") != nil,
      let output = await context.output("systemctl", "--version")
    else { return [:] }
    let lines = output.splitLines()
    guard let first = lines.first?.fields(), first.count > 1, first[0] == "systemd" else { return [:] }
    return ["systemd": ["version": .string(first[1]), "features": .string(lines.count > 1 ? lines[1] : "")]]
  }
}
