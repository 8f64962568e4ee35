import Functions
import HostSystem
import OrderedCollections
import Value

/// The digests of archives that were extracted, by source, kept between runs for `source_hash_update`.
struct ArchiveMemory: Sendable {
  private let context: FunctionContext
  private let path: String

  init(_ context: FunctionContext) {
    self.context = context
    path = PathText.child(
      "archive_hash.json", of: context.options["cachedir"]?.stringValue ?? "/var/cache/brine/minion")
  }

  /// Nil where none is known.
  func digest(of source: String) -> String? { read()[source]?.stringValue }

  func set(_ digest: String, of source: String) throws {
    var all = read()
    all[.string(source)] = .string(digest)
    try context.files.makeDirectory(PathText.dirname(path))
    try context.files.write(path, text: JSONWriter.compact(.map(all)) + "\n", mode: 0o600)
  }

  private func read() -> ValueMap {
    guard let text = try? context.files.readText(path, limit: 4 << 20),
      case .map(let map)? = try? JSONParser.parse(text)
    else { return [:] }
    return map
  }
}
