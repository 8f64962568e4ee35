import Functions
import Hashing
import HostSystem
import Value

/// A file on another machine, fetched by curl or wget into the minion's cache. Its address, which may hold a password,
/// goes to them on standard input.
struct RemoteFile: Sendable {
  private static let mostBytes = 16 << 30

  /// Without a password, for comments.
  let shown: String
  private let address: String
  private let context: FunctionContext
  /// Where the copy is kept.
  let path: String

  /// - Throws: `StateRefusal` for what is not http, https or ftp.
  init(_ address: String, _ context: FunctionContext) throws {
    self.address = address
    self.context = context
    shown = GitText.redacted(address)
    let scheme = address.prefix { $0 != ":" }.lowercased()
    guard ["http", "https", "ftp"].contains(scheme), !address.contains(where: { $0.isWhitespace || $0 == "\"" }),
      !address.unicodeScalars.contains(where: { $0.value < 0x21 || $0 == "\\" })
    else { throw StateRefusal("Source \(shown) cannot be fetched: give an http, https or ftp address") }
    let cache = context.options["cachedir"]?.stringValue ?? "/var/cache/brine/minion"
    path = "\(cache)/extrn_files/\(DigestAlgorithm.sha256.hexadecimal(of: Array(address.utf8)).prefix(32))"
  }

  /// Whether a copy is here already, with this hash where one is given.
  func isCached(_ hash: SourceHash?) async throws -> Bool {
    guard context.files.isFile(path) else { return false }
    guard let hash else { return true }
    return try await hash.kind.digest(of: path, context) == hash.digits
  }

  /// Fetches it, where it is not here yet.
  ///
  /// - Parameter isRefetching: also when a copy is here, of which nothing says that it is still what the address gives.
  func fetch(_ hash: SourceHash?, isRefetching: Bool = false) async throws {
    if !isRefetching, try await isCached(hash) { return }
    try context.files.makeDirectory(PathText.dirname(path), mode: 0o700)
    let part = "\(path).part-\(UInt32.random(in: 0 ... .max))"
    defer { try? context.files.remove(part) }
    // Made before, so that nobody else can read what is fetched.
    try context.files.write(part, [UInt8](), mode: 0o600)
    var command = try program(part)
    command.environment = ["LC_ALL": "C.UTF-8", "LANGUAGE": "C"]
    command.timeout = .seconds(3600)
    let result = try await context.commands.run(command)
    guard result.isSuccess else {
      let words = GitText.redacted(result.errorText.trimmed())
      throw StateRefusal("Failed to cache \(shown): \(words.isEmpty ? "exit code \(result.exitCode)" : words)")
    }
    if let hash {
      let found = try await hash.kind.digest(of: part, context)
      guard found == hash.digits else {
        throw StateRefusal(
          "Failed to cache \(shown): its hash (\(found)) does not match the specified hash (\(hash.digits))")
      }
    }
    try context.files.rename(part, to: path)
  }

  private func program(_ part: String) throws -> Command {
    let output = context.files.resolve(part)
    if context.commands.which("curl") != nil {
      var command = Command("curl", "--config", "-")
      // Once begun with https, it stays with it.
      let isSecure = address.lowercased().hasPrefix("https:")
      command.standardInput = .secret(
        Secret(
          """
          url = "\(address)"
          output = "\(output)"
          fail
          location
          silent
          show-error
          globoff
          max-redirs = 5
          proto = "=http,https,ftp"
          proto-redir = "\(isSecure ? "=https" : "=http,https")"
          connect-timeout = 30
          speed-limit = 1
          speed-time = 120
          max-filesize = \(Self.mostBytes)

          """))
      return command
    }
    guard context.commands.which("wget") != nil else {
      throw StateRefusal("\(shown) cannot be fetched: there is neither curl nor wget here. Install one of them")
    }
    var command = Command(
      "wget", "-q", "--tries=3", "--timeout=60", "--max-redirect=5", "-O", output, "--input-file=-")
    command.standardInput = .secret(Secret(address + "\n"))
    return command
  }
}
