import OrderedCollections
import Value

/// One entry of a pillar SLS' `include`: a name, or `{name: {defaults: {…}, key: a:b}}`.
struct PillarInclude: Sendable, Hashable {
  /// The name as it is meant, glob and all.
  let sls: String
  /// Variables for its template; nil where the entry is a plain name.
  let defaults: ValueMap?
  /// Where its data is put; nil for the top.
  let key: String?
  /// The name without the dots that make it relative: Salt takes an SLS of that name, too.
  private let plain: String

  /// - Parameters:
  ///   - from: the SLS it stands in, which a leading dot goes by.
  ///   - isInit: that SLS is an `init.sls`.
  init(_ item: Value, from sls: String, isInit: Bool) {
    let name: String
    if let entry = item.mapValue?.elements.first {
      name = entry.key.description
      defaults = entry.value["defaults"]?.mapValue ?? [:]
      key = entry.value["key"]?.stringValue
    } else {
      name = item.description
      defaults = nil
      key = nil
    }
    plain = String(name.drop { $0 == "." }).replacing("/", with: ".")
    guard name.hasPrefix(".") else {
      self.sls = name
      return
    }
    let parts = sls.split(separator: ".").map(String.init)
    let base = isInit ? parts : Array(parts.dropLast())
    self.sls = (base + [String(name.dropFirst())]).joined(separator: ".")
  }

  /// The SLS that it names among those there are; itself when there is none.
  func names(among list: SLSList?) -> [String] {
    let found = (list?.matching(plain) ?? []) + (list?.matching(sls) ?? [])
    return found.isEmpty ? [sls] : found
  }

  /// The data below the key.
  func nested(_ data: ValueMap) -> ValueMap {
    var data = data
    for part in key?.split(separator: ":").reversed() ?? [] { data = [.string(String(part)): .map(data)] }
    return data
  }
}
