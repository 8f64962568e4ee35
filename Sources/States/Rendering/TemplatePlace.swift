import OrderedCollections
import Value

/// The variables by which a template knows where it is (Salt's `generate_sls_context`).
struct TemplatePlace: Sendable, Hashable {
  /// `tplpath`, `tplfile`, `tpldir`, `tpldot`, `slspath`, `slsdotpath`, `slscolonpath`, `sls_path`.
  var variables: OrderedDictionary<String, String> = [:]

  /// - Parameters:
  ///   - path: where the template is on this host; empty when it is no file.
  ///   - sls: the dotted name of the SLS; for other templates their path below the roots, or empty.
  init(path: String, sls: String) {
    var directory = sls.replacing(".", with: "/")
    while directory.hasSuffix("/") { directory.removeLast() }
    if !path.isEmpty {
      var file = path
      if sls.isEmpty {
        file = String(path.split(separator: "/").last ?? "")
      } else if path.hasSuffix("\(directory).sls") {
        file = String(path.suffix(directory.count + 4))
      } else if path.hasSuffix("\(directory)/init.sls") {
        file = String(path.suffix(directory.count + 9))
      } else {
        variables = ["tplpath": path, "tplfile": sls, "tpldir": Self.parent(of: sls) ?? "."]
        return
      }
      directory = Self.parent(of: file) ?? ""
      variables = [
        "tplpath": path, "tplfile": file, "tpldir": directory.isEmpty ? "." : directory,
        "tpldot": directory.replacing("/", with: "."),
      ]
    }
    variables["slspath"] = directory
    variables["slsdotpath"] = directory.replacing("/", with: ".")
    variables["slscolonpath"] = directory.replacing("/", with: ":")
    variables["sls_path"] = directory.replacing("/", with: "_")
  }

  /// What stands before the last slash; nil without one.
  static func parent(of path: String) -> String? {
    path.lastIndex(of: "/").map { String(path[..<$0]) }
  }
}
