import Functions
import HostSystem

/// The account that a command runs as, looked up with getent so that directory services count as well.
struct CommandAccount: Sendable {
  var runAs: RunAs
  var name: String
  var home: String
  var shell: String

  /// - Throws: `FunctionError` with `notFound` for an unknown user or group: nothing has run then.
  static func look(up user: String, group: String?, _ commands: any CommandRunner) async throws -> CommandAccount {
    let fields = try await entry("passwd", user, "user", commands)
    guard fields.count >= 7, let uid = UInt32(fields[2]), let primary = UInt32(fields[3]) else {
      throw FunctionError(.failed, "getent passwd \(user) printed something else than an account.")
    }
    let groups = try await commands.runParsed(["id", "-G", "--", fields[0]])
    guard groups.isSuccess else {
      throw FunctionError(.failed, "id -G \(user) ended with \(groups.exitCode): \(groups.errorText.trimmed())")
    }
    var gid = primary
    if let group { gid = try await groupID(group, commands) }
    return CommandAccount(
      runAs: RunAs(uid: uid, gid: gid, groups: groups.outputText.fields().compactMap { UInt32($0) }), name: fields[0],
      home: fields[5], shell: fields[6])
  }

  static func groupID(_ group: String, _ commands: any CommandRunner) async throws -> UInt32 {
    let fields = try await entry("group", group, "group", commands)
    guard fields.count >= 3, let gid = UInt32(fields[2]) else {
      throw FunctionError(.failed, "getent group \(group) printed something else than a group.")
    }
    return gid
  }

  private static func entry(_ database: String, _ key: String, _ word: String, _ commands: any CommandRunner)
    async throws -> [String]
  {
    let isName = !key.isEmpty && !key.hasPrefix("-") && !key.contains(":") && !key.contains(where: \.isWhitespace)
    guard isName else { throw FunctionError(.badArguments, "'\(key)' is not the name of a \(word).") }
    let result = try await commands.runParsed(["getent", database, key])
    switch result.exitCode {
    case 0: break
    case 2: throw FunctionError(.notFound, "There is no \(word) '\(key)' on this host; nothing was run.")
    case let code:
      throw FunctionError(.failed, "getent \(database) \(key) ended with \(code): \(result.errorText.trimmed())")
    }
    return (result.outputLines.first ?? "").split(separator: ":", omittingEmptySubsequences: false).map(String.init)
  }
}
