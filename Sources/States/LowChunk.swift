public import OrderedCollections
public import Value

/// One state call, ready to run: Salt's low chunk with the place it comes from.
///
/// `data` has Salt's keys (`state`, `fun`, `name`, `__id__`, `__sls__`, `__env__`, `order`, requisites, arguments), in
/// Salt's order, so that `state.show_lowstate` prints it as it is.
public struct LowChunk: Sendable, Hashable {
  public var data: ValueMap
  /// Where the declaration stands: path of the SLS (below the roots) and line of the *rendered* text, for messages.
  public var file: String
  public var line: Int

  public init(_ data: ValueMap, file: String = "", line: Int = 0) {
    self.data = data
    self.file = file
    self.line = line
  }

  public var module: String { data["state"]?.stringValue ?? "" }
  public var function: String { data["fun"]?.stringValue ?? "" }
  public var name: String { data["name"]?.description ?? "" }
  public var id: String { data["__id__"]?.description ?? "" }
  public var sls: String { data["__sls__"]?.description ?? "" }
  public var environment: String { data["__env__"]?.description ?? "base" }
  /// The key of its return: `module_|-id_|-name_|-function`.
  public var tag: String { "\(module)_|-\(id)_|-\(name)_|-\(function)" }
}
