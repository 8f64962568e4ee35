import Functions
import HostSystem
import OrderedCollections
import Value

/// The `sources` of a state: package files by the name of their package.
struct PackageSources: Sendable {
  /// As written: `salt://…` or a path on the host.
  private(set) var places: OrderedDictionary<String, String> = [:]

  /// - Returns: nil when it is something else than a list of `{name: file}` maps.
  init?(_ value: Value) {
    for item in value.listValue ?? [value] {
      guard let map = item.mapValue, !map.isEmpty else { return nil }
      for (name, place) in map { places[name.description] = place.description }
    }
    if places.isEmpty { return nil }
  }

  /// The path on the host of a package's file, fetched if need be.
  func path(of name: String, _ context: StateContext) async throws -> String {
    let place = places[name] ?? ""
    guard let url = FileURL(place) else {
      let path = place.hasPrefix("file://") ? String(place.dropFirst(7)) : place
      if PackageDownload.isRemote(path) { return try await download(path, context) }
      guard !path.contains("://") else {
        throw FunctionError(
          .unavailable,
          "\(RepositoryURL.hidingPassword(in: place)) cannot be fetched: package files come from the host, salt://, "
            + "http:// or https://.", hint: "Put the file into the file roots.")
      }
      guard context.functions.files.isFile(path) else {
        throw FunctionError(.notFound, "\(place) does not exist on minion")
      }
      return path
    }
    guard url.isSafe else {
      throw FunctionError(.badArguments, "'\(place)' is not a path below the file roots.")
    }
    let environment = url.environment ?? context.environment
    guard let path = try await context.functions.source.localPath(of: url.path, environment: environment) else {
      throw FunctionError(.notFound, "Unable to cache \(place): file not found")
    }
    return path
  }

  private static let memoryName = "pkg.downloads"
  /// The largest package of a distribution has some hundred MiB.
  private static let downloadLimit: Int64 = 4 << 30

  /// Fetches a package file once in a run.
  private func download(_ address: String, _ context: StateContext) async throws -> String {
    if let known = context.memory[Self.memoryName]?[address]?.stringValue { return known }
    let suffix = try PackageProviders.provider(for: context.functions) is AptProvider ? ".deb" : ".rpm"
    context.functions.progress("fetching \(RepositoryURL.hidingPassword(in: address).shownOnOneLine)")
    let path = try await PackageDownload(context: context.functions).fetch(
      address, suffix: suffix, limit: Self.downloadLimit)
    context.memory.update(Self.memoryName) { memory in
      var paths = memory?.mapValue ?? [:]
      paths[.string(address)] = .string(path)
      memory = .map(paths)
    }
    return path
  }

  /// Removes what was fetched.
  static func discardDownloads(_ context: StateContext) {
    for path in (context.memory[memoryName]?.mapValue ?? [:]).values {
      try? context.functions.files.remove(path.description)
    }
    context.memory.update(memoryName) { $0 = nil }
  }

  /// The version that a package file holds; nil when its tool cannot tell.
  static func version(inFile path: String, _ provider: any PackageProvider, _ context: StateContext) async throws
    -> String?
  {
    let commands = context.functions.commands
    let path = context.functions.files.resolve(path)
    let format = "%|EPOCH?{%{EPOCH}:}:{}|%{VERSION}-%{RELEASE}"
    let words =
      provider is AptProvider
      ? ["dpkg-deb", "-f", path, "Version"] : ["rpm", "-qp", "--nosignature", "--qf", format, path]
    let result = try await commands.runParsed(words)
    let version = result.outputText.trimmed()
    return result.isSuccess && !version.isEmpty ? version : nil
  }
}
