import Configuration
import OrderedCollections
import Targeting
import Value
import Wire

extension FileServerSettings {
  /// Reads Salt's keys: `file_roots`, `fileserver_backend`, `file_ignore_glob`, `file_ignore_regex`,
  /// `fileserver_followsymlinks`, `fileserver_ignoresymlinks`, `gitfs_*`.
  init(_ file: inout ConfigurationFile, defaultRoot: String) throws(ConfigurationError) {
    self.init(roots: try Self.roots(&file, defaultRoot))
    let names = try file.strings("fileserver_backend", default: ["roots"])
    backends = try Self.each(names, of: "fileserver_backend", file) { name in
      Backend(rawValue: name == "gitfs" ? "git" : name == "file_roots" ? "roots" : name)
    } elseSaying: {
      "'\($0)' is not known; there are roots and git"
    }
    ignoredGlobs = try file.strings("file_ignore_glob").map { Glob($0) }
    // As `re.search`: found anywhere in the path.
    ignoredPatterns = try Self.each(try file.strings("file_ignore_regex"), of: "file_ignore_regex", file) { text in
      try? Pattern("[\\s\\S]*?(?:\(text))")
    } elseSaying: {
      "'\($0)' is no regular expression"
    }
    followsLinks = try file.bool("fileserver_followsymlinks", default: true)
    ignoresLinks = try file.bool("fileserver_ignoresymlinks", default: false)
    gitRemotes = try GitRemote.read(&file)
  }

  private static func each<Result>(
    _ items: [String], of key: String, _ file: ConfigurationFile, _ read: (String) -> Result?,
    elseSaying sentence: (String) -> String
  ) throws(ConfigurationError) -> [Result] {
    var results: [Result] = []
    for item in items {
      guard let result = read(item) else {
        let place = file.place(of: key)
        throw ConfigurationError(file: place.file, line: place.line, "'\(key)': \(sentence(item))")
      }
      results.append(result)
    }
    return results
  }

  /// `{environment: [directories]}`; a single directory counts as a list of one.
  private static func roots(_ file: inout ConfigurationFile, _ defaultRoot: String) throws(ConfigurationError)
    -> OrderedDictionary<String, [String]>
  {
    let given = try file.map("file_roots")
    let place = file.place(of: "file_roots")
    func refuse(_ message: String) -> ConfigurationError {
      ConfigurationError(file: place.file, line: place.line, "'file_roots': \(message)")
    }
    var roots: OrderedDictionary<String, [String]> = [:]
    for (key, value) in given {
      let name = key.description
      guard EnvironmentName(name) != nil else { throw refuse("'\(name)' is no name of an environment") }
      let paths = value.stringValue.map { [$0] } ?? value.listValue?.map(\.description) ?? []
      guard !paths.isEmpty || value.listValue != nil else {
        throw refuse("environment '\(name)' is \(value.kindName); it takes a list of directories")
      }
      if let relative = paths.first(where: { !$0.hasPrefix("/") }) { throw refuse("'\(relative)' is no absolute path") }
      roots[name] = paths
    }
    return roots.isEmpty ? ["base": [defaultRoot]] : roots
  }
}
