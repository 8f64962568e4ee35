import OrderedCollections
import Value

extension PkgStates {
  /// One chunk that names the packages of several: same function, same repository, nothing that is to be held.
  static func aggregated(_ chunk: ValueMap, _ others: [ValueMap]) -> ValueMap {
    let key = chunk["sources"] == nil ? "pkgs" : "sources"
    guard chunk["hold"] == nil else { return chunk }
    let fitting = others.filter {
      $0["fun"] == chunk["fun"] && $0["fromrepo"] == chunk["fromrepo"] && $0["hold"] == nil
        && ($0["sources"] == nil) == (key == "pkgs")
    }
    guard !fitting.isEmpty else { return chunk }
    var packages: OrderedDictionary<Value, Value> = [:]
    for each in [chunk] + fitting {
      for (name, version) in named(each, key) where packages[name] == nil || packages[name] == .null {
        packages[name] = version
      }
    }
    var result = chunk
    result["version"] = nil
    result[key] = .list(packages.map { $0.value.isNull ? $0.key : .map([$0.key: $0.value]) })
    return result
  }

  private static func named(_ chunk: ValueMap, _ key: String) -> [(Value, Value)] {
    guard let list = chunk[key]?.listValue else {
      guard key == "pkgs", let name = chunk["name"] else { return [] }
      return [(name, chunk["version"] ?? .null)]
    }
    return list.flatMap { item -> [(Value, Value)] in
      item.mapValue.map { $0.map { ($0.key, $0.value) } } ?? [(item, .null)]
    }
  }
}
