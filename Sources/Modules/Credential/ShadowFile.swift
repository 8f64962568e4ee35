import Functions
import HostSystem

/// The password field of one account in /etc/shadow.
struct ShadowFile: Sendable {
  static let path = "/etc/shadow"
  let files: HostFiles

  /// - Throws: `FunctionError` when there is no such account, or the file cannot be read.
  func passwordHash(of user: String) throws -> String {
    let text: String
    do { text = try files.readText(Self.path) } catch {
      throw FunctionError(
        error.code == .notFound ? .unavailable : .failed,
        "The password of \(user) cannot be looked at: \(error.message)",
        hint: "Only root reads \(Self.path).")
    }
    for line in text.splitLines() {
      let fields = line.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
      guard fields.count > 1, fields[0].elementsEqual(user.utf8) else { continue }
      return String(decoding: fields[1], as: UTF8.self)
    }
    throw FunctionError(
      .notFound, "There is no account '\(user)' in \(Self.path).",
      hint: "Accounts of a directory service have their passwords there, not on this host.")
  }
}
