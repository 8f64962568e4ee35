import Functions
import OrderedCollections
import Value

extension PkgFunctions {
  static let repositories: [Function] = [getRepository, modifyRepository, deleteRepository]

  private static let repository = Parameter.required("repo", .string, "The line (apt), or the id (dnf).")

  private static let getRepository = Function(
    "pkg.get_repo", "How a repository is configured.",
    details: """
      Returns an entry of pkg.list_repos, empty when there is none. On apt the name is the line; its components may be a \
      part of those that are configured.

      Example: `brine run web1 pkg.get_repo 'deb http://deb.debian.org/debian bookworm main'`
      """,
    effect: .read,
    parameters: [
      repository, .optional("basedir", .string, "The directory of the `.repo` files (dnf)."),
      .keywords("kwargs", "Taken for compatibility and not used."),
    ]
  ) { arguments, context in
    let name = arguments.string("repo")
    guard try PackageProviders.provider(for: context) is AptProvider else {
      return .map(YumRepositories.find(name, in: arguments.optionalString("basedir"), context.files)?.options ?? [:])
    }
    let line =
      name.hasPrefix("ppa:") ? try PersonalArchive(String(name.dropFirst(4)), context).line() : AptRepositoryLine(name)
    let repositories = try AptRepositories.read(context.files)
    guard let line, let place = repositories.find(line), let source = repositories[place] else { return [:] }
    let uri = source.uris.first { AptRepositories.withoutSlash($0) == AptRepositories.withoutSlash(line.uri) }
    return source.value(uri: uri ?? line.uri, suite: line.suite, type: line.type)
  }

  private static let modifyRepository = Function(
    "pkg.mod_repo", "Configures a repository, or changes how it is configured.",
    details: """
      Returns `{repo: how it is configured}`. What is not said stays as it is. See the state pkgrepo.managed.

      Example: `brine run web1 pkg.mod_repo 'deb [signed-by=/etc/apt/keyrings/x.asc] https://x.example stable main' \
      key_url=https://x.example/key.asc`
      """,
    effect: .change,
    parameters: [repository, .optional("saltenv", .string, default: "base", "The file environment of the key.")]
      + RepositoryParameters.all
  ) { arguments, context in
    let name = arguments.string("repo")
    let provider = try PackageProviders.provider(for: context)
    guard let apt = provider as? AptProvider else {
      let setup = YumRepositorySetup(
        request: try YumRepositoryRequest(name, arguments, isState: false), files: context.files)
      let finding = try setup.look()
      if !context.isTest, !finding.isDone { try setup.apply(finding) }
      return [.string(finding.path): .map([.string(name): .map(finding.after)])]
    }
    if name.hasPrefix("ppa:") {
      let archive = try PersonalArchive(String(name.dropFirst(4)), context)
      if try !archive.isConfigured(), !context.isTest { try await archive.add() }
      return [.string(name): [:]]
    }
    try RepositoryParameters.refuseUnknown(arguments)
    let setup = try AptRepositorySetup(
      name, arguments, context, environment: arguments.string("saltenv"), isEnabledByDefault: false)
    let finding = try await setup.look()
    if !context.isTest, !finding.isDone {
      let isRefreshing = RepositoryParameters.isRefreshing(arguments)
      try await setup.apply(finding, refreshing: isRefreshing ? apt : nil, lockTimeout: lockTimeout(arguments))
    }
    return [.string(name): .map(finding.after)]
  }

  private static let deleteRepository = Function(
    "pkg.del_repo", "Takes a repository out of the configuration.",
    details: """
      On apt only the components named go. Returns a sentence for each file that was changed; a repository that is not \
      configured is an error.

      Example: `brine run web1 pkg.del_repo 'deb http://deb.debian.org/debian bookworm contrib'`
      """,
    effect: .change,
    parameters: [
      repository, .optional("refresh", .bool, default: true, "Fetches the lists afterwards (apt)."), lockTimeout,
      .optional("basedir", .string, "The directory of the `.repo` files (dnf)."),
      .keywords("kwargs", "Taken for compatibility and not used."),
    ]
  ) { arguments, context in
    let name = arguments.string("repo")
    let provider = try PackageProviders.provider(for: context)
    guard let apt = provider as? AptProvider else { return try deleteYum(name, arguments, context) }
    let line =
      name.hasPrefix("ppa:") ? try PersonalArchive(String(name.dropFirst(4)), context).line() : AptRepositoryLine(name)
    var repositories = try AptRepositories.read(context.files)
    let changed = line.map { repositories.delete($0) } ?? []
    guard !changed.isEmpty else {
      throw FunctionError(.notFound, "Repo \(name.shownOnOneLine) doesn't exist in the sources.list(s)")
    }
    let gone = context.isTest ? repositories.superfluousPaths : try repositories.save(context.files)
    if !context.isTest, arguments.bool("refresh") { _ = try await apt.refresh(lockTimeout: lockTimeout(arguments)) }
    return .string(
      changed.map { path in
        gone.contains(path)
          ? "File \(path) containing repo '\(name)' has been removed."
          : "Repo '\(name)' has been removed from \(path).\n"
      }.joined())
  }

  private static func deleteYum(_ name: String, _ arguments: Arguments, _ context: FunctionContext) throws -> Value {
    let directory = arguments.optionalString("basedir")
    guard let path = YumRepositories.find(name, in: directory, context.files)?.path else {
      let searched = directory ?? YumRepositoryRequest.directories.joined(separator: ", ")
      throw FunctionError(.notFound, "The \(name.shownOnOneLine) repo does not exist in \(searched)")
    }
    if context.isTest { return .string("Repo \(name) would be removed from \(path)") }
    return .string(
      try YumRepositories.remove(name, from: path, context.files)
        ? "File \(path) containing repo \(name) has been removed" : "Repo \(name) has been removed from \(path)")
  }
}
