import Functions
import HostSystem
import OrderedCollections
import Value

/// The small store of values that `data.*` keeps on the host, as JSON in the minion's state directory.
struct DataStore: Sendable {
  private static let sizeLimit = 4 << 20

  private let path: String
  private let files: HostFiles

  init(_ context: FunctionContext) throws(FunctionError) {
    guard let directory = context.options["state_dir"]?.stringValue else {
      throw FunctionError(.unavailable, "This minion has no directory for a data store.", hint: "Set `state_dir`.")
    }
    path = "\(directory)/datastore.json"
    files = context.files
  }

  func read() throws -> ValueMap {
    guard files.exists(path) else { return [:] }
    do {
      return try JSONParser.parse(files.read(path, limit: Self.sizeLimit)).mapValue ?? [:]
    } catch {
      throw FunctionError(.failed, "The data store \(path) cannot be read: \(error)", hint: "`data.clear` empties it.")
    }
  }

  func write(_ values: ValueMap) throws {
    let text = JSONWriter.compact(.map(values))
    guard text.utf8.count <= Self.sizeLimit else {
      throw FunctionError(.failed, "The data store would be larger than \(Self.sizeLimit >> 20) MiB.")
    }
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try files.makeDirectory(String(path[..<slash]), mode: 0o700)
    }
    try files.write(path, text: text + "\n", mode: 0o600)
  }

  func clear() throws { try files.remove(path) }
}
