public import Functions
import HostSystem
import OrderedCollections
import States
import Value

/// `cp.*`: `salt://` files, from this host's own roots or the master's.
public enum CpFunctions {
  public static let all: [Function] = [getFileText, cacheFile, getFile, hashFile, isCached, states, files, directories]

  private static let path = Parameter.required(
    "path", .string, "The file, `salt://…`; an absolute path is the host's own.")
  private static let environment = Parameter.optional("saltenv", .string, "The file environment; `base`.")
  private static let prefix = Parameter.optional("prefix", .string, default: "", "Only what lies below this directory.")

  private static let getFileText = Function(
    "cp.get_file_str", "The text of a file; False when there is none.", effect: .inspect,
    parameters: [path, environment]
  ) { arguments, context in
    guard let local = try await local(arguments, context) else { return false }
    return .string(try HostFiles().readText(local))
  }

  private static let cacheFile = Function(
    "cp.cache_file", "Where a file is on this host, fetched if need be; False when there is none.", effect: .inspect,
    parameters: [path, environment]
  ) { arguments, context in try await local(arguments, context).map(Value.string) ?? false }

  private static let isCached = Function(
    "cp.is_cached", "Where a file is on this host; an empty text when it is not.", effect: .inspect,
    parameters: [path, environment]
  ) { arguments, context in .string(try await local(arguments, context) ?? "") }

  private static let getFile = Function(
    "cp.get_file", "Copies a file to a path of this host.",
    details: "Returns the path; an empty text when there is no such file.", effect: .change,
    parameters: [
      path,
      .required("dest", .string, "An absolute path; one that ends with `/` or is a directory gets the file's name."),
      environment, .optional("makedirs", .bool, default: false, "Make the directories above it."),
    ]
  ) { arguments, context in
    guard let local = try await local(arguments, context) else { return "" }
    var target = arguments.string("dest")
    guard target.hasPrefix("/"), !target.utf8.contains(0) else {
      throw FunctionError(.badArguments, "dest= is an absolute path.")
    }
    if target.hasSuffix("/") || context.files.isDirectory(target) {
      target += "/" + (local.split(separator: "/").last.map(String.init) ?? "")
    }
    if context.isTest { return .string(target) }
    let directory = String(target[..<(target.lastIndex(of: "/") ?? target.endIndex)])
    if arguments.bool("makedirs"), !directory.isEmpty { try context.files.makeDirectory(directory) }
    try context.files.write(target, try HostFiles().read(local, limit: 1 << 30))
    return .string(target)
  }

  private static let hashFile = Function(
    "cp.hash_file", "The SHA-256 of a file: `{hsum, hash_type}`; empty when there is none.", effect: .inspect,
    parameters: [path, environment]
  ) { arguments, context in
    guard let local = try await local(arguments, context) else { return [:] }
    let call = CallArguments([.string(local), "sha256"])
    return ["hsum": try await context.registry.call("file.get_hash", call, context), "hash_type": "sha256"]
  }

  private static let states = Function(
    "cp.list_states", "The dotted names of all SLS of an environment.", effect: .inspect, parameters: [environment]
  ) { arguments, context in
    let source = await MasterlessContext.prepare(context).source
    let files = try await source.files(below: "", environment: arguments.optionalString("saltenv") ?? "base")
    let names = files.filter { $0.hasSuffix(".sls") }.map { path in
      String(path.dropLast(path.hasSuffix("/init.sls") ? 9 : 4)).replacing("/", with: ".")
    }
    return .strings(OrderedSet(names.sorted()))
  }

  private static let files = Function(
    "cp.list_master", "All files of an environment.", effect: .inspect, parameters: [environment, prefix]
  ) { arguments, context in
    let source = await MasterlessContext.prepare(context).source
    let environment = arguments.optionalString("saltenv") ?? "base"
    return .strings(try await source.files(below: arguments.string("prefix"), environment: environment))
  }

  private static let directories = Function(
    "cp.list_master_dirs", "All directories of an environment.", effect: .inspect, parameters: [environment, prefix]
  ) { arguments, context in
    let source = await MasterlessContext.prepare(context).source
    let environment = arguments.optionalString("saltenv") ?? "base"
    return .strings(try await source.directories(below: arguments.string("prefix"), environment: environment))
  }

  private static func local(_ arguments: Arguments, _ context: FunctionContext) async throws -> String? {
    let path = arguments.string("path")
    if path.hasPrefix("/") { return context.files.isFile(path) ? context.files.resolve(path) : nil }
    guard path.hasPrefix("salt://") else {
      throw FunctionError(.badArguments, "\(path) cannot be fetched.", hint: "Give a salt:// path.")
    }
    let url = SaltURL(path, environment: arguments.optionalString("saltenv") ?? "base")
    return try await MasterlessContext.prepare(context).source.localPath(of: url.path, environment: url.environment)
  }
}
