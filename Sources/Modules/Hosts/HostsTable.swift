import Functions
import Glibc
import HostSystem
import Value

/// The host's own hosts(5) file, read and written.
struct HostsTable: Sendable {
  let path: String
  private let files: HostFiles

  init(_ context: FunctionContext) {
    path = context.options["hosts.file"]?.stringValue ?? "/etc/hosts"
    files = context.files
  }

  /// A file that is missing is an empty one.
  func read() throws -> HostsFile {
    guard files.exists(path) else { return HostsFile(parsing: "") }
    do { return HostsFile(parsing: try files.readText(path, limit: 4 << 20)) } catch {
      throw FunctionError(.failed, error.message)
    }
  }

  func write(_ hosts: HostsFile) throws {
    do { try files.write(path, text: hosts.text) } catch { throw FunctionError(.failed, error.message) }
  }

  /// An address or a name as it may stand in the file.
  static func word(_ text: String, _ argument: String) throws(FunctionError) -> String {
    guard !text.isEmpty, !text.contains(where: { $0.isWhitespace || $0 == "#" }), !text.utf8.contains(0) else {
      throw FunctionError(.badArguments, "'\(argument)' is not a name or an address: '\(text)'.")
    }
    return text
  }

  static func isAddress(_ text: String) -> Bool {
    var buffer = in6_addr()
    return inet_pton(AF_INET, text, &buffer) == 1 || inet_pton(AF_INET6, text, &buffer) == 1
  }
}
