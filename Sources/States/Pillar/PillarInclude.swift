import OrderedCollections
import Value

/// One entry of a pillar SLS' `include`: a name, or `{name: {defaults: {…}, key: a:b}}`.
struct PillarInclude: Sendable, Hashable {
  var sls: String
  /// Variables for its template.
  var defaults: ValueMap = [:]
  /// Where its data is put; nil for the top.
  var key: String?

  /// - Parameters:
  ///   - from: the SLS it stands in, which leading dots go by.
  ///   - isInit: that SLS is an `init.sls`.
  init(_ item: Value, from sls: String, isInit: Bool) {
    if let entry = item.mapValue?.elements.first {
      self.sls = entry.key.description
      defaults = entry.value["defaults"]?.mapValue ?? [:]
      key = entry.value["key"]?.stringValue
    } else {
      self.sls = item.description
    }
    self.sls = self.sls.replacing("/", with: ".")
    guard self.sls.hasPrefix(".") else { return }
    let parts = sls.split(separator: ".").map(String.init)
    let base = isInit ? parts : Array(parts.dropLast())
    self.sls = (base + [String(self.sls.dropFirst())]).joined(separator: ".")
  }

  /// The data below the key.
  func nested(_ data: ValueMap) -> ValueMap {
    var data = data
    for part in key?.split(separator: ":").reversed() ?? [] { data = [.string(String(part)): .map(data)] }
    return data
  }
}
