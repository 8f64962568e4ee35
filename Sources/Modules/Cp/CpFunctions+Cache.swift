import Functions
import HostSystem
import OrderedCollections
import States
import Value

/// Functions about the copies that the host keeps.
extension CpFunctions {
  static let caching: [Function] = [
    cacheFile, cacheFiles, cacheDirectory, cacheMaster, cacheLocalFile, cacheDestination, isCached, listMinion,
  ]

  private static let cacheFile = Function(
    "cp.cache_file", "Where a file is on this host, fetched if need be; False when there is none.",
    details: "Copies of files of the master stand below `cache_dir`. They are links to what they hold, and belong to "
      + "Brine: copy them rather than write to them.", effect: .inspect,
    parameters: [
      path, environment,
      .optional("source_hash", .string, "Taken for Salt's sake; what is fetched is not compared with it."),
      .optional("verify_ssl", .bool, default: true, "Taken for Salt's sake."),
      .optional("use_etag", .bool, default: false, "Taken for Salt's sake."),
    ]
  ) { arguments, context in
    try await local(arguments.string("path"), arguments, context).map(Value.string) ?? false
  }

  private static let cacheFiles = Function(
    "cp.cache_files", "Where files are on this host, fetched if need be; False for each that is not there.",
    effect: .inspect,
    parameters: [.required("paths", .stringList, "The files, a list or joined by commas."), environment]
  ) { arguments, context in
    var places: [Value] = []
    for path in arguments.strings("paths") {
      places.append(try await local(path, arguments, context).map(Value.string) ?? false)
    }
    return .list(places)
  }

  private static let cacheDirectory = Function(
    "cp.cache_dir", "Fetches all below a directory of the file server, and says where it is on this host.",
    effect: .inspect,
    parameters: [
      .required("path", .string, "The directory, `salt://…`."), environment,
      .optional("include_empty", .bool, default: false, "Directories that hold nothing too."),
      .optional("include_pat", .any, "Only paths like that: a shell pattern, or a regular expression behind `E@`."),
      .optional("exclude_pat", .any, "No paths like that."),
    ]
  ) { arguments, context in
    guard let url = try url(arguments.string("path"), arguments, context) else {
      throw FunctionError(.badArguments, "Unsupported path: \(arguments.string("path"))")
    }
    let filter = try PathFilter(including: arguments["include_pat"], excluding: arguments["exclude_pat"])
    let source = MasterlessContext.withFiles(context).source
    let top = url.path.split(separator: "/").joined(separator: "/")
    let files = try await source.files(below: top, environment: url.environment).filter { try filter.accepts($0) }
    var places = try await fetched(files, url.environment, source)
    if arguments.bool("include_empty") {
      let directories = try await source.directories(below: top, environment: url.environment)
      let all = try await source.files(below: top, environment: url.environment)
      let filled = Set((all + directories).map { parent(of: "/\($0)") })
      for directory in directories where !filled.contains("/\(directory)") {
        let place = cachePlace(directory, url.environment, context)
        try context.files.makeDirectory(place, mode: 0o700)
        places.append(.string(place))
      }
    }
    return .list(places)
  }

  private static let cacheMaster = Function(
    "cp.cache_master", "Fetches all files of an environment, and says where they are on this host.", effect: .inspect,
    parameters: [environment]
  ) { arguments, context in
    let source = MasterlessContext.withFiles(context).source
    let environment = environment(arguments, context)
    return .list(try await fetched(try await source.files(below: "", environment: environment), environment, source))
  }

  private static func fetched(_ files: [String], _ environment: String, _ source: any FileSource) async throws
    -> [Value]
  {
    try await source.prefetch(files, environment: environment)
    var places: [Value] = []
    for file in files {
      if let place = try await source.localPath(of: file, environment: environment) { places.append(.string(place)) }
    }
    return places
  }

  private static let cacheLocalFile = Function(
    "cp.cache_local_file", "Keeps a copy of a file of this host in the cache; an empty text when there is none.",
    effect: .change, parameters: [.required("path", .string, "An absolute path.")]
  ) { arguments, context in
    let path = arguments.string("path")
    guard path.hasPrefix("/"), !path.split(separator: "/").contains("..") else {
      throw FunctionError(.badArguments, "path= is an absolute path.")
    }
    guard context.files.isFile(path) else { return "" }
    let place = "\(cacheDirectory(context))/localfiles\(path)"
    if context.isTest { return .string(place) }
    try context.files.makeDirectory(parent(of: place), mode: 0o700)
    try FileCopy(files: context.files).copy(context.files.resolve(path), to: place)
    return .string(place)
  }

  private static let cacheDestination = Function(
    "cp.cache_dest", "Where a file would be in the cache, whether it is there or not.", effect: .inspect,
    parameters: [.required("url", .string, "The file, `salt://…`."), environment]
  ) { arguments, context in
    let text = arguments.string("url")
    guard let url = try url(text, arguments, context) else { return .string(text) }
    return .string(cachePlace(url.path, url.environment, context))
  }

  private static let isCached = Function(
    "cp.is_cached", "Where a file is on this host without fetching it; an empty text when it is not.",
    effect: .inspect, parameters: [path, environment]
  ) { arguments, context in
    let path = arguments.string("path")
    if let url = try url(path, arguments, context) {
      let source = MasterlessContext.withFiles(context).source
      return .string(try await source.cachedPath(of: url.path, environment: url.environment) ?? "")
    }
    let place = "\(cacheDirectory(context))/localfiles/\(path.drop { $0 == "/" })"
    return .string(context.files.isFile(place) ? place : "")
  }

  private static let listMinion = Function(
    "cp.list_minion", "The files in the cache of this host.", effect: .inspect, parameters: [environment]
  ) { arguments, context in
    let cache = cacheDirectory(context)
    let places = ["\(cache)/files/\(directoryName(environment(arguments, context)))", "\(cache)/localfiles"]
    return .strings(places.flatMap { walk($0, context.files) }.sorted())
  }

  private static func walk(_ directory: String, _ files: HostFiles) -> [String] {
    files.entriesIfPresent(directory).flatMap { name -> [String] in
      let path = "\(directory)/\(name)"
      if files.status(path, followingLinks: false)?.kind == .dir { return walk(path, files) }
      return files.isFile(path) && !isHidden(path) ? [path] : []
    }
  }

  // MARK: Places

  private static func cacheDirectory(_ context: FunctionContext) -> String {
    context.options["cachedir"]?.stringValue ?? "/var/cache/brine"
  }

  private static func cachePlace(_ path: String, _ environment: String, _ context: FunctionContext) -> String {
    "\(cacheDirectory(context))/files/\(directoryName(environment))/\(path)"
  }

  /// As the cache names it: slashes of a name are no levels.
  private static func directoryName(_ environment: String) -> String {
    environment.replacing("%", with: "%25").replacing("/", with: "%2F")
  }
}
