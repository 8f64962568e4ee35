import HostSystem
public import Value

/// The program that runs as process 1: `init`.
public struct InitCollector: GrainCollector {
  public init() {}

  public func collect(_ context: GrainContext) async -> ValueMap { ["init": .string(name(context))] }

  private func name(_ context: GrainContext) -> String {
    let files = context.files
    if files.exists("/run/systemd/system") { return "systemd" }
    guard let text = try? files.readText("/proc/1/cmdline", limit: 1 << 16) else { return "unknown" }
    let words = text.split { $0 == "\0" || $0.isWhitespace }.map(String.init)
    guard let program = words.first else { return "unknown" }
    let path = program.hasPrefix("/") ? (files.isExecutable(program) ? program : nil) : context.commands.which(program)
    if let path, path.hasSuffix("bin/init") { return kind(ofInit: path, files) }
    for (tool, name) in [("supervisord", "supervisord"), ("dumb-init", "dumb-init"), ("tini", "tini")] {
      if let path = context.commands.which(tool), words.contains(path) { return name }
    }
    if words == ["runit"] || words.contains("/sbin/my_init") { return "runit" }
    return "unknown"
  }

  /// Looks for the name of an init system in the program itself; what comes first in the file counts.
  private func kind(ofInit path: String, _ files: HostFiles) -> String {
    guard let bytes = try? files.read(path, limit: 32 << 20) else { return "unknown" }
    let lower = bytes.map { (65...90).contains($0) ? $0 + 32 : $0 }
    for start in lower.indices where lower[start] == UInt8(ascii: "u") || lower[start] == UInt8(ascii: "s") {
      for name in ["upstart", "sysvinit", "systemd"] where lower[start...].starts(with: name.utf8) { return name }
    }
    return "unknown"
  }
}
