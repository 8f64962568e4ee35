import Functions
public import HostSystem
public import Value

/// A configuration: `NAME.yaml` with the drop-ins `NAME.d/*.yaml` over it, key by key.
///
/// Keys are taken out one by one; `finish` refuses those that nobody took, so that a misspelt key is an error and not a
/// default.
public struct ConfigurationFile {
  private struct Entry {
    let node: YAMLNode
    let file: String
    /// Of the key: its value may begin on a line below.
    let line: Int
  }

  private var entries: [String: Entry] = [:]
  private var known: [String] = []
  public let mainFile: String

  /// Reads what is there; a missing file is an empty one.
  ///
  /// - Throws: `ConfigurationError` for unreadable files and files that are not a mapping.
  public init(directory: String, name: String, files: HostFiles = HostFiles()) throws(ConfigurationError) {
    mainFile = "\(directory)/\(name).yaml"
    let dropIns = "\(directory)/\(name).d"
    let others = files.entriesIfPresent(dropIns).filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".conf") }
    for path in [mainFile] + others.map({ "\(dropIns)/\($0)" }) where files.exists(path) {
      try load(path, files)
    }
  }

  private mutating func load(_ path: String, _ files: HostFiles) throws(ConfigurationError) {
    let node: YAMLNode
    do { node = try YAMLParser.parse(try files.readText(path), file: path) } catch let error as YAMLError {
      throw ConfigurationError(file: path, line: error.line, column: error.column, error.details)
    } catch { throw ConfigurationError(file: path, "\(error)") }
    if node.scalar?.isNull == true { return }
    guard let pairs = node.entries else {
      throw ConfigurationError(file: path, line: node.line, "the file is not a mapping of keys to values")
    }
    for pair in pairs {
      entries[pair.key.value.description] = Entry(node: pair.value, file: path, line: pair.key.line)
    }
  }

  // MARK: Taking keys

  public mutating func string(_ key: String, default value: String) throws(ConfigurationError) -> String {
    try optionalString(key) ?? value
  }

  public mutating func optionalString(_ key: String) throws(ConfigurationError) -> String? {
    guard let entry = take(key), !entry.node.value.isNull else { return nil }
    switch entry.node.value {
    case .string(let text): return text
    case .int, .double, .bool: return entry.node.value.description
    default: throw wrong(key, entry, "text")
    }
  }

  /// Swift-log's levels.
  public static let logLevels = ["trace", "debug", "info", "notice", "warning", "error", "critical"]

  /// One of a closed set.
  public mutating func choice(_ key: String, default value: String, of choices: [String]) throws(ConfigurationError)
    -> String
  {
    let text = try string(key, default: value)
    guard choices.contains(text) else {
      let place = place(of: key)
      throw ConfigurationError(
        file: place.file, line: place.line, "'\(key)' is '\(text)'; it is one of \(choices.joined(separator: ", "))")
    }
    return text
  }

  public mutating func int(_ key: String, default value: Int, in range: ClosedRange<Int>) throws(ConfigurationError)
    -> Int
  {
    guard let entry = take(key) else { return value }
    guard let number = entry.node.value.intValue, let number = Int(exactly: number) else {
      throw wrong(key, entry, "an integer")
    }
    guard range.contains(number) else {
      throw ConfigurationError(
        file: entry.file, line: entry.line,
        "'\(key)' is \(number); it may be \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  public mutating func bool(_ key: String, default value: Bool) throws(ConfigurationError) -> Bool {
    guard let entry = take(key) else { return value }
    guard let flag = entry.node.value.boolValue else { throw wrong(key, entry, "true or false") }
    return flag
  }

  /// A list of strings; a single one counts as a list.
  public mutating func strings(_ key: String, default value: [String] = []) throws(ConfigurationError) -> [String] {
    guard let entry = take(key) else { return value }
    switch entry.node.value {
    case .null: return value
    case .string(let text): return [text]
    case .list(let items): return items.map(\.description)
    default: throw wrong(key, entry, "a list")
    }
  }

  /// A mapping as a value; empty when it is missing.
  public mutating func map(_ key: String) throws(ConfigurationError) -> ValueMap {
    guard let entry = take(key), !entry.node.value.isNull else { return [:] }
    guard let map = entry.node.value.mapValue else { throw wrong(key, entry, "a mapping") }
    return map
  }

  /// Whatever stands there; nil when it is missing.
  public mutating func value(_ key: String) -> Value? { take(key)?.node.value }

  /// Where a key stands, for errors about what is in it.
  public func place(of key: String) -> (file: String, line: Int) {
    takenPlaces[key] ?? (mainFile, 0)
  }

  private var takenPlaces: [String: (file: String, line: Int)] = [:]

  /// Refuses keys that nobody took.
  public func finish() throws(ConfigurationError) {
    guard
      let (key, entry) = entries.min(by: { ($0.value.file, $0.value.line) < ($1.value.file, $1.value.line) })
    else { return }
    let near = NearestName.candidates(for: key, among: known)
    throw ConfigurationError(
      file: entry.file, line: entry.line,
      "there is no setting '\(key)'" + (near.first.map { "; did you mean '\($0)'?" } ?? ""))
  }

  private mutating func take(_ key: String) -> Entry? {
    known.append(key)
    guard let entry = entries.removeValue(forKey: key) else { return nil }
    takenPlaces[key] = (entry.file, entry.line)
    return entry
  }

  private func wrong(_ key: String, _ entry: Entry, _ wanted: String) -> ConfigurationError {
    ConfigurationError(
      file: entry.file, line: entry.line, "'\(key)' is \(entry.node.value.kindName); it takes \(wanted)")
  }
}
