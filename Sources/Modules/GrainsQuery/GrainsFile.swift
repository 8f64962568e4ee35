import Functions
import HostSystem
import Value

/// The file of grains that `grains.set` and its like write: `grains_file` of the minion's options.
struct GrainsFile: Sendable {
  var path: String
  var files: HostFiles

  init(_ context: FunctionContext, for function: String) throws(FunctionError) {
    guard let path = context.options["grains_file"]?.stringValue, path.hasPrefix("/") else {
      throw FunctionError(
        .unavailable, "\(function): this minion has no file for grains.",
        hint: "Set `grains_file` in the minion's configuration.")
    }
    self.path = path
    files = context.files
  }

  /// What the file holds; nothing when there is none.
  func read() throws -> ValueMap {
    guard files.exists(path) else { return [:] }
    let value: Value
    do {
      value = try YAMLParser.value(of: try files.readText(path, limit: 1 << 20), file: path)
    } catch {
      throw FunctionError(
        .failed, "The grains in \(path) cannot be read: \(error)", hint: "Correct the file, or remove it.")
    }
    if value.isNull { return [:] }
    guard let map = value.mapValue else {
      throw FunctionError(.failed, "\(path) holds \(value.kindName), not a map of grains.", hint: "Correct the file.")
    }
    return map
  }

  /// JSON is YAML: whatever a grain holds, it is read back as it was.
  func write(_ grains: ValueMap) throws {
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try files.makeDirectory(String(path[..<slash]))
    }
    try files.write(path, text: JSONWriter.pretty(.map(grains)) + "\n")
  }

  /// Sets or, where the value is nil, removes grains.
  func update(_ changes: [(key: String, value: Value?)]) throws {
    var grains = try read()
    for (key, value) in changes {
      if let value { grains[key] = value } else { grains.removeValue(forKey: .string(key)) }
    }
    try write(grains)
  }
}
