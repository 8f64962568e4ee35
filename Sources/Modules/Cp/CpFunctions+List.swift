import Functions
import HostSystem
import OrderedCollections
import States
import Value

/// Functions that say what the file server has.
extension CpFunctions {
  static let listing: [Function] = [environments, states, files, directories, symlinks]

  private static let prefix = Parameter.optional(
    "prefix", .string, default: "", "Only paths that begin so, as text: `web` is the beginning of `webmail` too.")

  private static let environments = Function(
    "cp.envs", "The file environments.", effect: .inspect
  ) { _, context in .strings(try await MasterlessContext.withFiles(context).source.environments()) }

  private static let states = Function(
    "cp.list_states", "The dotted names of all SLS of an environment.", effect: .inspect, parameters: [environment]
  ) { arguments, context in
    let source = MasterlessContext.withFiles(context).source
    let files = try await source.files(below: "", environment: environment(arguments, context))
    let names = files.filter { $0.hasSuffix(".sls") }.map { path in
      String(path.dropLast(path.hasSuffix("/init.sls") ? 9 : 4)).replacing("/", with: ".")
    }
    return .strings(OrderedSet(names.sorted()))
  }

  private static let files = Function(
    "cp.list_master", "All files of an environment.", effect: .inspect, parameters: [environment, prefix]
  ) { arguments, context in
    let source = MasterlessContext.withFiles(context).source
    let all = try await source.files(below: "", environment: environment(arguments, context))
    return .strings(all.filter { $0.hasPrefix(trimmedPrefix(arguments)) })
  }

  private static let directories = Function(
    "cp.list_master_dirs", "All directories of an environment.",
    details: "With a prefix that is a directory, that one too, as in Salt.", effect: .inspect,
    parameters: [environment, prefix]
  ) { arguments, context in
    let source = MasterlessContext.withFiles(context).source
    let all = try await source.directories(below: "", environment: environment(arguments, context))
    return .strings(all.filter { $0.hasPrefix(trimmedPrefix(arguments)) })
  }

  private static let symlinks = Function(
    "cp.list_master_symlinks", "All symbolic links of an environment that stay in their root: `{path: target}`.",
    effect: .inspect, parameters: [environment, prefix]
  ) { arguments, context in
    let source = MasterlessContext.withFiles(context).source
    var links: ValueMap = [:]
    for (path, target) in try await source.symlinks(below: "", environment: environment(arguments, context))
    where path.hasPrefix(trimmedPrefix(arguments)) {
      links[path] = .string(target)
    }
    return .map(links)
  }

  private static func trimmedPrefix(_ arguments: Arguments) -> String {
    arguments.string("prefix").split(separator: "/").joined(separator: "/")
  }
}
