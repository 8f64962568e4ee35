import Functions
import HostSystem
import OrderedCollections

/// All of apt's source files, for finding, adding, changing and removing repositories. Nothing is on disk before `save`.
struct AptRepositories: Sendable, Hashable {
  /// Where an entry stands.
  struct Place: Sendable, Hashable {
    var file: Int
    var entry: Int
  }

  private(set) var files: [AptSourceFile]

  init(_ files: [AptSourceFile]) { self.files = files }

  static func read(_ files: HostFiles) throws -> AptRepositories { AptRepositories(try AptSources.files(files)) }

  subscript(_ place: Place) -> AptSource? {
    files[place.file].source(files[place.file].entries[place.entry])
  }

  private var places: [Place] {
    files.indices.flatMap { file in files[file].entries.indices.map { Place(file: file, entry: $0) } }
  }

  /// Where a repository of this type, address and suite is configured, with one of its components at least.
  func find(_ line: AptRepositoryLine) -> Place? {
    places.first { place in
      guard let source = self[place], Self.isSame(source, line) else { return false }
      return line.components.isEmpty || source.components.contains(where: line.components.contains)
    }
  }

  /// Where the repository of a request is configured.
  func find(_ request: AptRepositoryRequest) -> Place? {
    if let place = find(request.line) ?? find(request.named) { return place }
    // The same with other components where the architectures tell them apart, or with none, is changed into it.
    return places.first { place in
      guard let source = self[place], Self.isSame(source, request.line) || Self.isSame(source, request.named) else {
        return false
      }
      return source.components.isEmpty || source.architectures != request.line.architectures
    }
  }

  private static func isSame(_ source: AptSource, _ line: AptRepositoryLine) -> Bool {
    source.types.contains(line.type) && source.suites.contains(line.suite)
      && source.uris.contains { withoutSlash($0) == withoutSlash(line.uri) }
  }

  static func withoutSlash(_ uri: String) -> Substring {
    var uri = uri[...]
    while uri.hasSuffix("/") { uri = uri.dropLast() }
    return uri
  }

  /// Configures a repository.
  mutating func put(_ request: AptRepositoryRequest) throws(FunctionError) {
    if request.isConsolidating { consolidate() }
    let place = find(request)
    if request.isCleaningFile, let index = files.firstIndex(where: { $0.path == request.newFile }),
      place?.file != index || files[index].sources.filter({ !$0.isDisabled }).count > 1
    {
      if let place, place.file != index { files[place.file].remove(at: place.entry) }
      files[index].entries = []
      return append(request)
    }
    guard let place else { return append(request) }
    var line = request.line
    if case .line(let old, _) = files[place.file].entries[place.entry] {
      if line.comment.isEmpty { line.comment = old.comment }
      if !request.isUseSaid { line.isDisabled = old.isDisabled }
      if old.means(the: line) { return }
    } else if case .stanza(let old) = files[place.file].entries[place.entry] {
      if !request.isUseSaid { line.isDisabled = self[place]?.isDisabled ?? false }
      if old.says(line) { return }
    }
    if let source = self[place], source.types.count + source.uris.count + source.suites.count > 3 {
      throw FunctionError(
        .failed,
        "The stanza in \(source.file) stands for several repositories, of which only one is to be changed: nothing was "
          + "changed.", hint: "Give each repository a stanza of its own.")
    }
    if let file = request.file, file != files[place.file].path {
      files[place.file].remove(at: place.entry)
      return append(request)
    }
    switch files[place.file].entries[place.entry] {
    case .line: files[place.file].entries[place.entry] = .init(line)
    case .stanza(var stanza):
      stanza.set(line)
      files[place.file].entries[place.entry] = .stanza(stanza)
    case .other: break
    }
  }

  private mutating func append(_ request: AptRepositoryRequest) {
    let index = files.firstIndex { $0.path == request.newFile } ?? files.endIndex
    if index == files.endIndex { files.append(AptSourceFile(newAt: request.newFile)) }
    guard files[index].isDeb822 else { return files[index].entries.append(.init(request.line)) }
    var stanza = AptSourceStanza(lines: [])
    stanza.set(request.line)
    files[index].entries.append(.stanza(stanza))
  }

  /// Takes a repository's components out of the files, and it altogether when it has no others.
  ///
  /// - Returns: the paths of the files that were changed.
  mutating func delete(_ line: AptRepositoryLine) -> [String] {
    var changed: OrderedSet<String> = []
    for place in places.reversed() {
      guard let source = self[place], Self.isSame(source, line),
        Set(source.architectures) == Set(line.architectures)
      else { continue }
      let rest = source.components.filter { !line.components.contains($0) }
      guard rest.count < source.components.count || source.components.isEmpty && line.components.isEmpty else {
        continue
      }
      changed.append(source.file)
      delete(line, rest, source, at: place)
    }
    return changed.reversed()
  }

  private mutating func delete(
    _ line: AptRepositoryLine, _ rest: [String], _ source: AptSource, at place: Place
  ) {
    switch files[place.file].entries[place.entry] {
    case .line(var old, _):
      old.components = rest
      if rest.isEmpty {
        files[place.file].remove(at: place.entry)
      } else {
        files[place.file].entries[place.entry] = .init(old)
      }
    case .stanza(var stanza):
      let suites = source.suites.filter { $0 != line.suite }
      if !rest.isEmpty, suites.isEmpty {
        stanza["Components"] = rest.joined(separator: " ")
      } else if !suites.isEmpty, rest.isEmpty {
        stanza["Suites"] = suites.joined(separator: " ")
      } else if suites.isEmpty {
        files[place.file].remove(at: place.entry)
        return
      } else {
        stanza["Components"] = rest.joined(separator: " ")
      }
      files[place.file].entries[place.entry] = .stanza(stanza)
    case .other: break
    }
  }

  /// Joins one-line repositories that differ in nothing but their components.
  private mutating func consolidate() {
    var first: [AptRepositoryLine: Place] = [:]
    var superfluous: [Place] = []
    for place in places {
      guard case .line(let line, _) = files[place.file].entries[place.entry] else { continue }
      var key = line
      (key.components, key.comment, key.uri) = ([], "", String(Self.withoutSlash(line.uri)))
      guard let known = first[key], case .line(var joined, _) = files[known.file].entries[known.entry] else {
        first[key] = place
        continue
      }
      joined.components += line.components.filter { !joined.components.contains($0) }
      files[known.file].entries[known.entry] = .init(joined)
      superfluous.append(place)
    }
    for place in superfluous.reversed() { files[place.file].remove(at: place.entry) }
  }

  /// The paths of the files that are to be written, or to go.
  var changedPaths: [String] { files.filter(\.isChanged).map(\.path) }

  /// The paths of the files that go with their last repository.
  var superfluousPaths: [String] {
    files.filter { $0.isChanged && $0.original != nil && !$0.hasRepositories && $0.path != AptSources.list }.map(\.path)
  }

  /// Writes what changed. A file of the directory in which no repository is left is removed.
  ///
  /// - Returns: the paths that were removed.
  @discardableResult
  func save(_ host: HostFiles) throws -> [String] {
    let removed = superfluousPaths
    for path in removed { try host.remove(path) }
    for file in files where file.isChanged && !removed.contains(file.path) {
      if file.original != nil || file.hasRepositories {
        if file.path != AptSources.list { try host.makeDirectory(AptSources.directory) }
        try host.write(file.path, text: file.text, mode: file.original == nil ? 0o644 : nil)
      }
    }
    return removed
  }

  /// Puts the files back as they were read.
  func restore(_ host: HostFiles) {
    for file in files where file.isChanged {
      guard let original = file.original else {
        try? host.remove(file.path)
        continue
      }
      try? host.write(file.path, text: original, mode: 0o644)
    }
  }
}
