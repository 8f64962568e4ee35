import Functions
import HostSystem
import Value

/// The host's time zone, and whether its hardware clock runs in UTC.
struct SystemClock: Sendable {
  private static let zones = "/usr/share/zoneinfo"
  private let context: FunctionContext
  private var files: HostFiles { context.files }

  init(_ context: FunctionContext) { self.context = context }

  /// Empty when it cannot be told.
  var zone: String {
    if let target = files.linkTarget("/etc/localtime"), let place = target.firstRange(of: "/zoneinfo/") {
      return String(target[place.upperBound...])
    }
    return files.firstLine("/etc/timezone") ?? ""
  }

  /// Whether the host's time is that of a zone, under whatever name.
  func isIn(_ zone: String) throws -> Bool {
    let path = try Self.path(of: zone)
    guard files.isFile(path) else {
      throw FunctionError(.notFound, "Zone does not exist: \(path)", hint: "The names are those below \(Self.zones).")
    }
    if self.zone == zone { return true }
    guard let wanted = try? files.read(path, limit: 1 << 20) else { return false }
    return (try? files.read("/etc/localtime", limit: 1 << 20)) == wanted
  }

  func setZone(_ zone: String) async throws {
    _ = try isIn(zone)
    if usesSystemd {
      try await run("timedatectl", "set-timezone", "--", zone)
    }
    do {
      if !usesSystemd { try files.placeSymbolicLink("/etc/localtime", to: Self.path(of: zone)) }
      // Debian's programs read it, and not every timedatectl writes it.
      if files.exists("/etc/timezone") { try files.write("/etc/timezone", text: zone + "\n") }
    } catch let error as HostError { throw FunctionError(.failed, error.message) }
  }

  /// `UTC` or `localtime`.
  var hardwareClock: String {
    files.linesIfPresent("/etc/adjtime").contains { $0.trimmed() == "LOCAL" } ? "localtime" : "UTC"
  }

  func setHardwareClock(_ clock: String) async throws {
    let isLocal = clock == "localtime"
    if usesSystemd {
      try await run("timedatectl", "set-local-rtc", isLocal ? "1" : "0")
      return
    }
    var lines = files.linesIfPresent("/etc/adjtime")
    if lines.count < 2 { lines = ["0.0 0 0.0", "0"] }
    let text = (lines.prefix(2) + [isLocal ? "LOCAL" : "UTC"]).map { $0 + "\n" }.joined()
    do { try files.write("/etc/adjtime", text: text) } catch { throw FunctionError(.failed, error.message) }
  }

  private var usesSystemd: Bool {
    files.isDirectory("/run/systemd/system") && context.commands.which("timedatectl") != nil
  }

  private func run(_ words: String...) async throws {
    let result = try await context.commands.runParsed(words)
    guard result.isSuccess else {
      throw FunctionError(
        .failed, "`\(words.joined(separator: " "))` ended with \(result.exitCode): \(result.errorText.trimmed())")
    }
  }

  private static func path(of zone: String) throws(FunctionError) -> String {
    let isName = zone.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "+-_/".utf8.contains(byte)
    }
    guard isName, let first = zone.first, first.isLetter else {
      throw FunctionError(.badArguments, "'\(zone)' is not the name of a time zone.", hint: "Such as Europe/Berlin.")
    }
    return "\(zones)/\(zone)"
  }
}
