import Functions
import HostSystem
import OrderedCollections
import States
import Value

/// Functions that bring files to a place of the host.
extension CpFunctions {
  static let fetching: [Function] = [getFile, getDirectory, getURL, getTemplate, getFileText]

  private static let destination = Parameter.required(
    "dest", .string, "An absolute path; one that ends with `/` or is a directory gets the file's name.")

  private static let getFile = Function(
    "cp.get_file", "Copies a file to a path of this host.",
    details:
      "Returns the path; an empty text when there is no such file, False when the directory above is missing and "
      + "`makedirs` is not given.\n\nExample: `brine run web1 cp.get_file salt://motd /etc/motd`.", effect: .change,
    parameters: [path, destination, environment, makesDirectories, nameTemplate, compression]
  ) { arguments, context in
    let (path, target) = try await names(arguments, context)
    guard let local = try await local(path, arguments, context) else { return "" }
    return try put(local, named: name(of: path), at: target, arguments, context)
  }

  private static let getDirectory = Function(
    "cp.get_dir", "Copies a directory of the file server, with all below it, into a directory of this host.",
    details:
      "The directory itself is made there: `salt://app/conf` to `/etc` is `/etc/conf`. Returns the paths, sorted. "
      + "What is there already and no longer on the file server stays.", effect: .change,
    parameters: [
      .required("path", .string, "The directory, `salt://…`."), .required("dest", .string, "An absolute path."),
      environment, nameTemplate, compression,
    ]
  ) { arguments, context in
    let (path, target) = try await names(arguments, context)
    guard let url = try url(path, arguments, context) else {
      throw FunctionError(.badArguments, "Unsupported path: \(path)", hint: "Give a salt:// address.")
    }
    guard target.hasPrefix("/"), !target.utf8.contains(0) else {
      throw FunctionError(.badArguments, "dest= is an absolute path.")
    }
    return try await getDirectory(url, target, context)
  }

  private static func getDirectory(_ url: SaltURL, _ target: String, _ context: FunctionContext) async throws -> Value {
    let source = MasterlessContext.withFiles(context).source
    let top = url.path.split(separator: "/").joined(separator: "/")
    let files = try await source.files(below: top, environment: url.environment)
    let directories = try await source.directories(below: top, environment: url.environment)
    let prefix = String(top[..<(top.lastIndex(of: "/").map { top.index(after: $0) } ?? top.startIndex)])
    let base = target.hasSuffix("/") ? String(target.dropLast()) : target
    func place(_ path: String) -> String { "\(base)/\(path.dropFirst(prefix.utf8.count))" }
    // Directories that hold nothing have no file that would make them.
    let filled = Set(files.map { parent(of: "/\($0)") } + directories.map { parent(of: "/\($0)") })
    let empty = directories.filter { !filled.contains("/\($0)") }
    let result = (files.map(place) + empty.map(place)).sorted()
    if context.isTest { return .strings(result) }
    try await source.prefetch(files, environment: url.environment)
    let copy = FileCopy(files: context.files)
    var made: Set<String> = []
    func makeDirectory(_ path: String) throws {
      if made.insert(path).inserted { try context.files.makeDirectory(path) }
    }
    for (index, file) in files.enumerated() {
      guard let local = try await source.localPath(of: file, environment: url.environment) else { continue }
      let target = place(file)
      try makeDirectory(parent(of: target))
      try copy.copy(local, to: target)
      if index % 500 == 499 { context.progress("\(index + 1) of \(files.count) files") }
    }
    for directory in empty { try makeDirectory(place(directory)) }
    return .strings(result)
  }

  private static let getURL = Function(
    "cp.get_url", "Copies a file of the file server or of this host to a path, or says where it is.",
    details:
      "Returns the path, or False when there is no such file. Without `dest` the file is kept in the cache, with "
      + "`dest=None` its text is returned. What http, https and ftp give is fetched by curl or wget.", effect: .change,
    parameters: [
      path, .optional("dest", .any, default: "", "An absolute path; empty for the cache, None for the text."),
      environment, makesDirectories,
      .optional("source_hash", .string, "Taken for Salt's sake; what is fetched is not compared with it."),
    ]
  ) { arguments, context in
    let path = arguments.string("path")
    guard let found = try await local(path, arguments, context) else { return false }
    switch arguments["dest"] {
    case .null: return .string(try HostFiles().readText(found))
    case "": return .string(found)
    // As Salt: a file of this host is only named.
    case _ where path.hasPrefix("/") || path.hasPrefix("file://"): return .string(found)
    case let target: return try put(found, named: name(of: path), at: target.description, arguments, context)
    }
  }

  private static let getTemplate = Function(
    "cp.get_template", "Renders a file of the file server as a template to a path of this host.",
    details: "Further `name=value` are the template's variables. Returns the path; an empty text when there is no such "
      + "file, or the directory above is missing and `makedirs` is not given.", effect: .change,
    parameters: [
      path, destination, .optional("template", .string, default: "jinja", "The template engine."), environment,
      makesDirectories, .keywords("kwargs", "The template's variables."),
    ]
  ) { arguments, context in
    let path = arguments.string("path")
    guard let found = try await local(path, arguments, context) else { return "" }
    let full = MasterlessContext.unmasked(try await MasterlessContext.prepareWhole(context))
    let file = try url(path, arguments, context)?.path ?? path
    let text = try await full.templates.render(
      try HostFiles().readText(found), engine: arguments.string("template"), file: file,
      environment: environment(arguments, context), sls: "", variables: arguments.map("kwargs"), context: full)
    let target = try target(arguments.string("dest"), named: name(of: path), context)
    guard try hasDirectory(above: target, arguments, context) else { return "" }
    if !context.isTest { try context.files.write(target, text: text) }
    return .string(target)
  }

  private static let getFileText = Function(
    "cp.get_file_str", "The text of a file; False when there is none.", effect: .inspect,
    parameters: [path, environment]
  ) { arguments, context in
    guard let local = try await local(arguments.string("path"), arguments, context) else { return false }
    return .string(try HostFiles().readText(local))
  }

  // MARK: Places

  /// The path and the destination, rendered where that is asked for.
  private static func names(_ arguments: Arguments, _ context: FunctionContext) async throws -> (String, String) {
    let (path, target) = (arguments.string("path"), arguments.string("dest"))
    guard let engine = arguments.optionalString("template"), !engine.isEmpty else { return (path, target) }
    let full = MasterlessContext.unmasked(try await MasterlessContext.prepareWhole(context))
    func render(_ text: String) async throws -> String {
      try await full.templates.render(
        text, engine: engine, file: "path", environment: environment(arguments, context), sls: "", variables: [:],
        context: full)
    }
    return (try await render(path), try await render(target))
  }

  private static func put(
    _ local: String, named name: String, at place: String, _ arguments: Arguments, _ context: FunctionContext
  ) throws -> Value {
    let target = try target(place, named: name, context)
    guard try hasDirectory(above: target, arguments, context) else { return false }
    if !context.isTest { try FileCopy(files: context.files).copy(local, to: target) }
    return .string(target)
  }

  private static func target(_ text: String, named name: String, _ context: FunctionContext) throws -> String {
    guard text.hasPrefix("/"), !text.utf8.contains(0) else {
      throw FunctionError(.badArguments, "dest= is an absolute path.")
    }
    guard text.hasSuffix("/") || context.files.isDirectory(text) else { return text }
    let name = name.split(separator: "?").first.map(String.init) ?? name
    return text.hasSuffix("/") ? text + name : "\(text)/\(name)"
  }

  private static func hasDirectory(
    above target: String, _ arguments: Arguments, _ context: FunctionContext
  ) throws -> Bool {
    let directory = parent(of: target)
    if context.files.isDirectory(directory) || context.isTest { return true }
    guard arguments.bool("makedirs") else { return false }
    try context.files.makeDirectory(directory)
    return true
  }
}
