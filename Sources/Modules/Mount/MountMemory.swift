import Functions
import HostSystem
import OrderedCollections
import Value

/// The options that mounts were last given by a state, kept between runs: an option that is gone from the state is not
/// among those that are wanted, and only so can be told to be one too many.
struct MountMemory: Sendable {
  private let context: FunctionContext
  private let path: String

  init(_ context: FunctionContext) {
    self.context = context
    path = PathText.child("mounts", of: context.options["cachedir"]?.stringValue ?? "/var/cache/brine/minion")
  }

  /// Nil where none are known.
  func options(of place: String) -> [String]? {
    read()[place]?["opts"]?.listValue?.map(\.description)
  }

  func set(_ place: String, device: String, type: String, options: [String]) throws {
    var all = read()
    all[.string(place)] = ["device": .string(device), "fstype": .string(type), "opts": .strings(options)]
    try write(all)
  }

  func remove(_ place: String) throws {
    var all = read()
    guard all.removeValue(forKey: .string(place)) != nil else { return }
    try write(all)
  }

  private func read() -> ValueMap {
    guard let text = try? context.files.readText(path, limit: 4 << 20),
      case .map(let map)? = try? JSONParser.parse(text)
    else { return [:] }
    return map["mounts"]?.mapValue ?? [:]
  }

  private func write(_ all: ValueMap) throws {
    try context.files.makeDirectory(PathText.dirname(path))
    try context.files.write(path, text: JSONWriter.compact(["mounts": .map(all)]) + "\n", mode: 0o600)
  }
}
