import Functions
import HostSystem

/// Fetches a file over http or https with a program that every host with this package system has: apt's own helper, or
/// curl beside dnf. The proxy and certificate settings are the program's.
struct PackageDownload: Sendable {
  static let helper = "/usr/lib/apt/apt-helper"

  let context: FunctionContext

  static func isRemote(_ text: String) -> Bool {
    let text = text.lowercased()
    return text.hasPrefix("http://") || text.hasPrefix("https://")
  }

  /// Below the minion's cache, a directory that only root can enter.
  private var directory: String {
    "\(context.options["cachedir"]?.stringValue ?? "/var/cache/brine/minion")/packages"
  }

  /// Where the file of an address is kept; a name of its own for each.
  func path(of address: String, suffix: String) -> String {
    // FNV-1a, twice with different starts: names are to differ, not to be secret.
    func hash(_ start: UInt64) -> String {
      String(address.utf8.reduce(start) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }, radix: 16)
    }
    return "\(directory)/\(hash(0xCBF2_9CE4_8422_2325))-\(hash(0x9E37_79B9_7F4A_7C15))\(suffix)"
  }

  /// - Returns: the path on this host, new from the address.
  /// - Throws: `FunctionError`, with the address but for its password.
  func fetch(_ address: String, suffix: String, limit: Int64, timeout: Duration = .seconds(600)) async throws -> String
  {
    let shown = RepositoryURL.hidingPassword(in: address).shownOnOneLine
    guard Self.isRemote(address), address.isOneWord, address.utf8.count <= 2048 else {
      throw FunctionError(.badArguments, "'\(shown)' is no http or https address.")
    }
    let files = context.files
    try files.makeDirectory(directory, mode: 0o700)
    let path = path(of: address, suffix: suffix)
    try files.remove(path)
    var command: Command
    if context.commands.which("apt-get") != nil {
      command = Command(Self.helper, "download-file", address, files.resolve(path))
    } else {
      command = Command(
        "curl", "-fsSL", "--proto", "=http,https", "--proto-redir", "=http,https", "--max-filesize", "\(limit)", "-o",
        files.resolve(path), "--", address)
    }
    command.environment = ["LC_ALL": "C.UTF-8", "LANGUAGE": "C"]
    command.timeout = timeout
    let result = try await context.commands.run(command)
    guard result.isSuccess, let status = files.status(path, followingLinks: false), status.kind == .file else {
      // apt's helper warns of things that are meant so here.
      let lines = result.errorText.splitLines().filter { !$0.hasPrefix("W: ") && !$0.trimmed().isEmpty }
      let tail = RepositoryURL.hidingPassword(
        in: lines.suffix(3).map { String($0.prefix(300)) }.joined(separator: "\n"))
      throw FunctionError(
        .failed, "\(shown) could not be fetched (\(OutputTail.ending(of: result)))\(tail.isEmpty ? "." : ": \(tail)")")
    }
    guard status.size <= limit else {
      try? files.remove(path)
      throw FunctionError(.failed, "\(shown) has \(status.size) bytes; more than \(limit) are not taken.")
    }
    return path
  }
}
