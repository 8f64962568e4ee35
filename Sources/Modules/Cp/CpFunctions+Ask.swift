import Functions
import HostSystem
import OrderedCollections
import States
import Value

/// Functions about one file, and what is not done.
extension CpFunctions {
  static let asking: [Function] = [hashFile, statFile, push, pushDirectory]

  private static let hashFile = Function(
    "cp.hash_file", "The SHA-256 of a file: `{hsum, hash_type}`; empty when there is none.",
    details: "A file of the master is not fetched for it.", effect: .inspect, parameters: [path, environment]
  ) { arguments, context in
    let path = arguments.string("path")
    if let url = try url(path, arguments, context) {
      let source = MasterlessContext.withFiles(context).source
      if let digest = try await source.digest(of: url.path, environment: url.environment) {
        return ["hsum": .string(digest), "hash_type": "sha256"]
      }
    }
    guard let local = try await local(path, arguments, context) else { return [:] }
    var host = context
    host.files = HostFiles()
    let call = CallArguments([.string(local), "sha256"])
    return ["hsum": try await context.registry.call("file.get_hash", call, host), "hash_type": "sha256"]
  }

  private static let statFile = Function(
    "cp.stat_file", "The permission bits of a file where it comes from, as `0644`; None when there is none.",
    effect: .inspect,
    parameters: [
      path, environment, .optional("octal", .bool, default: true, "False: the whole mode as a number."),
    ]
  ) { arguments, context in
    let path = arguments.string("path")
    let mode: UInt32?
    if let url = try url(path, arguments, context) {
      let source = MasterlessContext.withFiles(context).source
      mode = try await source.mode(of: url.path, environment: url.environment)
    } else {
      mode = context.files.isFile(path) ? context.files.status(path)?.mode : nil
    }
    guard let mode else { return .null }
    guard arguments.bool("octal") else { return .int(Int64(mode) | 0o100000) }
    let digits = String(mode, radix: 8)
    return .string(String(repeating: "0", count: max(0, 4 - digits.count)) + digits)
  }

  private static let push = Function(
    "cp.push", "Not done: a minion does not write files on its master.",
    details: "`cp.get_file_str` returns a text to the operator.", effect: .inspect,
    parameters: [
      .required("path", .string, "An absolute path."),
      .optional("keep_symlinks", .bool, default: false, "Taken for Salt's sake."),
      .optional("upload_path", .string, "Taken for Salt's sake."),
      .optional("remove_source", .bool, default: false, "Taken for Salt's sake."),
    ]
  ) { _, _ in throw refusal }

  private static let pushDirectory = Function(
    "cp.push_dir", "Not done: a minion does not write files on its master.", effect: .inspect,
    parameters: [
      .required("path", .string, "An absolute path."), .optional("glob", .string, "Taken for Salt's sake."),
      .optional("upload_path", .string, "Taken for Salt's sake."),
    ]
  ) { _, _ in throw refusal }

  private static var refusal: FunctionError {
    FunctionError(
      .unavailable, "A minion does not write files on its master, so nothing was pushed.",
      hint: "cp.get_file_str returns the text of a file to whoever asks for it.")
  }
}
